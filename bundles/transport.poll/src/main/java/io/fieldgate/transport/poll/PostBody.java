package io.fieldgate.transport.poll;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a POST says.
 *
 * @param session the id of its session, if the body has it
 * @param seq the number of the first message; there is one if there are messages, unless it is a single one without number
 * @param ack the last message that the client has, if it says so
 * @param messages what it says
 * @param close how it wants to end
 */
record PostBody(
        Optional<String> session,
        OptionalLong seq,
        OptionalLong ack,
        List<Message> messages,
        Optional<CloseReason> close) {

    /** The body cannot be taken. */
    static final class Wrong extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        Wrong(int status, String detail) {
            super(detail);
            this.status = status;
        }

        Refusal refusal() {
            return Refusal.of(status, getMessage());
        }
    }

    /** A body that is one message. */
    static PostBody single(Message message) {
        return new PostBody(
                Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(message), Optional.empty());
    }

    /** A body that is the text of one message. */
    static PostBody text(byte[] body) throws Wrong {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw malformed("the text is not UTF-8");
        }
        return single(Message.utf8(body));
    }

    /** Reads a body of {@code application/vnd.fieldgate.poll+json}. */
    static PostBody read(JsonFactory json, byte[] body) throws Wrong {
        try (JsonParser parser = json.createParser(body)) {
            PostBody read = new Reader(parser).read();
            if (parser.nextToken() != null) {
                throw malformed("the body goes on behind its JSON object");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw malformed("the JSON is nested too deep, or has too long names or numbers");
        } catch (JsonProcessingException e) {
            throw malformed("the body is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long first() {
        return seq.orElse(0);
    }

    boolean isNumbered() {
        return seq.isPresent();
    }

    private static Wrong malformed(String detail) {
        return new Wrong(400, detail);
    }

    private static final class Reader {

        private static final long SAFE_INTEGER = (1L << 53) - 1;

        private final JsonParser parser;
        private final List<Message> messages = new ArrayList<>();
        private Optional<String> session = Optional.empty();
        private OptionalLong seq = OptionalLong.empty();
        private OptionalLong ack = OptionalLong.empty();
        private Optional<CloseReason> close = Optional.empty();

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        PostBody read() throws IOException, Wrong {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("the body is a JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "session" -> session = Optional.of(string(name));
                    case "seq" -> seq = OptionalLong.of(number(name, 1));
                    case "ack" -> ack = OptionalLong.of(number(name, 0));
                    case "messages" -> readMessages();
                    case "close" -> close = Optional.of(readClose());
                    default -> parser.skipChildren();
                }
            }
            if (!messages.isEmpty() && seq.isEmpty()) {
                throw malformed("\"seq\" is missing, the number of the first message");
            }
            return new PostBody(session, seq, ack, messages, close);
        }

        private void readMessages() throws IOException, Wrong {
            if (!parser.isExpectedStartArrayToken()) {
                throw malformed("\"messages\" must be an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (messages.size() == Settings.POST_MAX_MESSAGES) {
                    throw new Wrong(413, "a POST may have " + Settings.POST_MAX_MESSAGES + " messages");
                }
                messages.add(readMessage());
            }
        }

        private Message readMessage() throws IOException, Wrong {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return Message.text(parser.getText());
            }
            Message binary = null;
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    if (name.equals("binary")) {
                        binary = Message.binary(base64(string(name)));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            if (binary == null) {
                throw malformed("a message is a string, or an object with \"binary\"");
            }
            return binary;
        }

        private CloseReason readClose() throws IOException, Wrong {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw malformed("\"close\" must be an object");
            }
            long code = CloseReason.NORMAL;
            String text = "";
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "code" -> code = number(name, 1000);
                    case "reason" -> text = string(name);
                    default -> parser.skipChildren();
                }
            }
            if (code != CloseReason.NORMAL && (code < 3000 || code > 4999)) {
                throw malformed("\"code\" must be 1000 or 3000 to 4999, is " + code);
            }
            try {
                return new CloseReason((int) code, text);
            } catch (IllegalArgumentException e) {
                throw malformed("\"reason\": " + e.getMessage());
            }
        }

        private String string(String name) throws IOException, Wrong {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw malformed('"' + name + "\" must be a string");
            }
            return parser.getText();
        }

        private long number(String name, long least) throws IOException, Wrong {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= least
                    && parser.getLongValue() <= SAFE_INTEGER) {
                return parser.getLongValue();
            }
            throw malformed('"' + name + "\" must be an integer from " + least + " on");
        }

        private static byte[] base64(String text) throws Wrong {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw malformed("\"binary\" must be base64");
            }
        }
    }
}
