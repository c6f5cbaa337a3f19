package io.fieldgate.handler.live;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A JSON value as far as the live protocol has a use for it. */
sealed interface Literal {

    /** A number, in the digits that were sent. */
    record Digits(String text) implements Literal {

        /** The number if it is whole and fits, however it is written. */
        OptionalLong asLong() {
            try {
                return OptionalLong.of(Long.parseLong(text));
            } catch (NumberFormatException e) {
                double number = Double.parseDouble(text);
                boolean exact = Math.rint(number) == number && Math.abs(number) <= LiveJson.SAFE_INTEGER;
                return exact ? OptionalLong.of((long) number) : OptionalLong.empty();
            }
        }
    }

    /** A string. */
    record Text(String text) implements Literal {}

    /** A boolean. */
    record Bool(boolean value) implements Literal {}

    /** An array of strings. */
    record Texts(List<String> texts) implements Literal {}

    /** Something that is never right: null, an object, an array of something else. */
    record Other(String what) implements Literal {}

    /** Reads the value that the parser stands at. */
    static Literal read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case START_ARRAY -> texts(parser);
            case START_OBJECT -> {
                parser.skipChildren();
                yield new Other("an object");
            }
            default -> new Other("null");
        };
    }

    private static Literal texts(JsonParser parser) throws IOException {
        List<String> texts = new ArrayList<>();
        boolean pure = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            pure &= parser.currentToken() == JsonToken.VALUE_STRING;
            if (pure) {
                texts.add(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return pure ? new Texts(texts) : new Other("an array");
    }

    /** This as a value for a point, or {@code WRONG_TYPE}. */
    default Value toValue(PointInfo point) throws PointException {
        return attempt(point)
                .orElseThrow(() -> new PointException(
                        PointException.Reason.WRONG_TYPE,
                        point.id() + " takes " + wanted(point) + ", got " + describe()));
    }

    private Optional<Value> attempt(PointInfo point) {
        return switch (point.type()) {
            case BOOLEAN -> this instanceof Bool bool ? Optional.of(Value.of(bool.value())) : Optional.empty();
            case INTEGER -> integer();
            case DECIMAL -> decimal();
            case TEXT -> this instanceof Text text ? Optional.of(Value.of(text.text())) : Optional.empty();
            case BYTES -> bytes();
            default -> Optional.empty();
        };
    }

    private Optional<Value> integer() {
        OptionalLong number = OptionalLong.empty();
        if (this instanceof Digits literal) {
            number = literal.asLong();
        } else if (this instanceof Text text && text.text().matches("-?[0-9]{1,19}")) {
            number = new Digits(text.text()).asLong();
        }
        return number.isPresent() ? Optional.of(Value.of(number.getAsLong())) : Optional.empty();
    }

    private Optional<Value> decimal() {
        if (this instanceof Digits number) {
            double value = Double.parseDouble(number.text());
            return Double.isFinite(value) ? Optional.of(Value.of(value)) : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Value> bytes() {
        if (this instanceof Text text) {
            try {
                return Optional.of(Value.of(Base64.getDecoder().decode(text.text())));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String wanted(PointInfo point) {
        return switch (point.type()) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number of 64 bits";
            case DECIMAL -> "a number";
            case TEXT -> "a string";
            case BYTES -> "a string of base64";
            default -> "values of type " + point.type().id() + ", which cannot be written here";
        };
    }

    private String describe() {
        if (this instanceof Digits number) {
            return number.text();
        }
        if (this instanceof Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (this instanceof Text) {
            return "a string";
        }
        return this instanceof Other other ? other.what() : "an array";
    }
}
