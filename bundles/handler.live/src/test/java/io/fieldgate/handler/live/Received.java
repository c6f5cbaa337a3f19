package io.fieldgate.handler.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldgate.api.data.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a client has received, as far as tests ask for it. */
record Received(String point, String value, long sequence) {

    /** The samples of all messages of a subscription, in their order. */
    static List<Received> of(List<Message> messages) {
        List<Received> samples = new ArrayList<>();
        for (Message message : messages) {
            read(message.text(), samples);
        }
        return samples;
    }

    private static void read(String json, List<Received> samples) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            String point = "";
            String value = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    switch (parser.currentName() == null ? "" : parser.currentName()) {
                        case "point" -> point = parser.getText();
                        case "value" -> value = parser.getText();
                        case "seq" -> samples.add(new Received(point, value, parser.getLongValue()));
                        default -> {}
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
