package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {

    private static final String AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=9; server_no_context_takeover",
                "permessage-deflate;client_no_context_takeover",
                "permessage-deflate ; server_no_context_takeover ; client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate, permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=16, permessage-deflate",
                "Permessage-Deflate; Client_Max_Window_Bits=\"15\""
            })
    void renouncesContextTakeoverWhateverWasOffered(String offer) {
        assertEquals(new DeflateTerms(15, AGREED), accept(offer));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void keepsToAnyWindowThatTheClientCanRead(int bits) {
        assertEquals(
                new DeflateTerms(bits, AGREED + "; server_max_window_bits=" + bits),
                accept("permessage-deflate; client_max_window_bits; server_max_window_bits=" + bits));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9  | permessage-deflate; server_max_window_bits=9, permessage-deflate; server_max_window_bits=12",
                "12 | permessage-deflate; server_max_window_bits=12, permessage-deflate; server_max_window_bits=9",
                "10 | permessage-deflate; unheard_of, permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "11 | permessage-deflate; server_max_window_bits=\"11\"",
                "11 | permessage-deflate; server_max_window_bits=\"1\\1\"",
            })
    void takesTheFirstOfferThatCanBeMet(int bits, String offers) {
        assertEquals(new DeflateTerms(bits, AGREED + "; server_max_window_bits=" + bits), accept(offers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=010",
                "permessage-deflate; server_max_window_bits=+9",
                "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
                "permessage-deflate; server_max_window_bits=9; Server_Max_Window_Bits=10",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover=",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; unheard_of",
                "permessage-deflate; unheard_of=1",
                "permessage-deflate=1",
                "permessage-deflate;"
            })
    void declinesWhatIsWrongOrUnheardOf(String offer) {
        assertEquals(DeflateTerms.NONE, accept(offer));
    }

    @Test
    void looksAtAllHeaders() {
        assertEquals(new DeflateTerms(15, AGREED), accept("foo; bar=1", "permessage-deflate"));
        assertEquals(DeflateTerms.NONE, accept());
    }

    private static DeflateTerms accept(String... headers) {
        return DeflateOffer.accept(Collections.enumeration(List.of(headers)));
    }
}
