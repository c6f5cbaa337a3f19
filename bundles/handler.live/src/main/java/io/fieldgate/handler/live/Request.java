package io.fieldgate.handler.live;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.gateway.Points;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** A request of the live protocol: one JSON object. Members that the protocol does not know are ignored. */
final class Request {

    /** The greatest request, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    /** The most points that one request can read. */
    static final int MAX_POINTS = 64;

    private static final long MIN_HOLD_MILLIS = 100;
    private static final long MAX_HOLD_MILLIS = 86_400_000;
    private static final int MAX_ID = 64;
    private static final String NO_ID = "null";
    private static final Set<String> KNOWN =
            Set.of("op", "id", "point", "points", "filters", "mode", "since", "epoch", "value", "holdMs", "safe");

    private final Map<String, Literal> members = new HashMap<>();

    private Request() {}

    /** Reads a request, and sees to it that it has an id and an op. */
    static Request parse(Message message) throws RequestException {
        if (!message.isText()) {
            throw malformed(NO_ID, "a request is a text message, this one is binary");
        }
        return parse(message.text());
    }

    /** Reads a JSON object of which only the members are of interest, for example the body of a PUT. */
    static Request members(String json) throws RequestException {
        Request request = new Request();
        try (JsonParser parser = LiveJson.FACTORY.createParser(json)) {
            request.read(parser);
        } catch (StreamConstraintsException e) {
            throw malformed(
                    request.idOrNone(),
                    "JSON may be nested " + LiveJson.MAX_NESTING + " deep, with names of up to " + LiveJson.MAX_NAME
                            + " and numbers of up to " + LiveJson.MAX_NUMBER + " characters");
        } catch (JsonProcessingException e) {
            throw malformed(
                    request.idOrNone(),
                    "this is not JSON: it breaks at character "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return request;
    }

    private static Request parse(String json) throws RequestException {
        Request request = members(json);
        if (request.idOrNone().equals(NO_ID)) {
            throw request.bad("id", "must be a number or a string of up to " + MAX_ID + " characters");
        }
        request.op();
        return request;
    }

    private void read(JsonParser parser) throws IOException, RequestException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed(NO_ID, "a request is a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (KNOWN.contains(name)) {
                members.put(name, Literal.read(parser));
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw malformed(idOrNone(), "a message is one JSON object, this one goes on behind it");
        }
    }

    private static RequestException malformed(String id, String detail) {
        return new RequestException(id, RequestException.MALFORMED, detail);
    }

    private RequestException bad(String member, String rule) {
        String is = members.containsKey(member) ? " " + rule : " is missing: it " + rule;
        return new RequestException(idOrNone(), RequestException.BAD_REQUEST, '"' + member + '"' + is);
    }

    private String idOrNone() {
        Literal id = members.get("id");
        if (id instanceof Literal.Text text && text.text().length() <= MAX_ID) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text.text())) + '"';
        }
        return id instanceof Literal.Digits number ? number.text() : NO_ID;
    }

    /** The id as JSON, just as it was sent but for the way a string is escaped. */
    String id() {
        return idOrNone();
    }

    String op() throws RequestException {
        return text("op");
    }

    private String text(String member) throws RequestException {
        if (members.get(member) instanceof Literal.Text text) {
            return text.text();
        }
        throw bad(member, "must be a string");
    }

    PointId point() throws RequestException {
        return checked("point", text("point"), PointId::of);
    }

    List<PointId> points() throws RequestException {
        return list("points", MAX_POINTS, PointId::of);
    }

    List<PointFilter> filters() throws RequestException {
        return list("filters", Selection.MAX_FILTERS, PointFilter::of);
    }

    private <T> List<T> list(String member, int most, Function<String, T> form) throws RequestException {
        if (!(members.get(member) instanceof Literal.Texts texts)
                || texts.texts().isEmpty()
                || texts.texts().size() > most) {
            throw bad(member, "must be an array of 1 to " + most + " strings");
        }
        List<T> found = new ArrayList<>();
        for (String text : texts.texts()) {
            found.add(checked(member, text, form));
        }
        return found;
    }

    private <T> T checked(String member, String text, Function<String, T> form) throws RequestException {
        try {
            return form.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    idOrNone(), RequestException.BAD_REQUEST, '"' + member + "\": " + e.getMessage());
        }
    }

    Points.Mode mode() throws RequestException {
        if (!members.containsKey("mode")) {
            return Points.Mode.LATEST;
        }
        return switch (members.get("mode") instanceof Literal.Text text ? text.text() : "") {
            case "latest" -> Points.Mode.LATEST;
            case "every" -> Points.Mode.EVERY;
            default -> throw bad("mode", "must be \"latest\" or \"every\"");
        };
    }

    OptionalLong since() throws RequestException {
        if (!members.containsKey("since")) {
            return OptionalLong.empty();
        }
        if (members.get("since") instanceof Literal.Digits number) {
            OptionalLong since = number.asLong();
            if (since.isPresent() && since.getAsLong() >= 0) {
                return since;
            }
        }
        throw bad("since", "must be a whole number of 0 or more");
    }

    Optional<String> epoch() throws RequestException {
        return members.containsKey("epoch") ? Optional.of(text("epoch")) : Optional.empty();
    }

    Literal value() throws RequestException {
        if (members.containsKey("value")) {
            return members.get("value");
        }
        throw bad("value", "must be what the point is to have");
    }

    /**
     * How soon a held write must be repeated.
     *
     * @param session whether there is a session that can hold the write as well; if not, a safe value needs a time
     * @return milliseconds, 0 for as long as the session is there, or empty if it is not said
     */
    OptionalLong holdMillis(boolean session) throws RequestException {
        String rule =
                "must be " + (session ? "0, or " : "") + MIN_HOLD_MILLIS + " to " + MAX_HOLD_MILLIS + " milliseconds";
        if (!members.containsKey("holdMs")) {
            if (!session && members.containsKey("safe")) {
                throw bad("holdMs", rule);
            }
            return OptionalLong.empty();
        }
        if (members.get("holdMs") instanceof Literal.Digits number) {
            OptionalLong millis = number.asLong();
            long given = millis.orElse(-1);
            if ((session && given == 0) || (given >= MIN_HOLD_MILLIS && given <= MAX_HOLD_MILLIS)) {
                return millis;
            }
        }
        throw bad("holdMs", rule);
    }

    Optional<Literal> safe() {
        return Optional.ofNullable(members.get("safe"));
    }
}
