package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {

    private static final String AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=9; server_no_context_takeover",
                "permessage-deflate;client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "Permessage-Deflate; Client_Max_Window_Bits=\"15\""
            })
    void takesWhatItCanMeet(String offer) {
        assertEquals(Optional.of(AGREED), accept(offer));
    }

    @Test
    void confirmsTheLargestWindow() {
        assertEquals(
                Optional.of(AGREED + "; server_max_window_bits=15"),
                accept("permessage-deflate; server_max_window_bits=15"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; unheard_of",
                "permessage-deflate;"
            })
    void declinesWhatItCannot(String offer) {
        assertEquals(Optional.empty(), accept(offer));
    }

    @Test
    void looksAtAllHeaders() {
        assertEquals(Optional.of(AGREED), accept("foo; bar=1", "permessage-deflate"));
        assertEquals(Optional.empty(), accept());
    }

    private static Optional<String> accept(String... headers) {
        return DeflateOffer.accept(Collections.enumeration(List.of(headers)));
    }
}
