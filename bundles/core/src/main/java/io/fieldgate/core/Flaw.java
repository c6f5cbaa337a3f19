package io.fieldgate.core;

import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import java.util.Optional;

/** What a driver must not say, and why the store does not take it as it is. */
enum Flaw {
    /** None of its devices has such a point. */
    UNKNOWN_POINT("for a point that it does not have"),
    /** The value is not of the type that the point declares. */
    OTHER_TYPE("with a value of another type"),
    /** The value is NaN or infinite. */
    NO_NUMBER("with a value that is no finite number"),
    /** There is no value, though the reading is not BAD. */
    NO_VALUE("without a value");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    /** What was answered, for people. */
    String words() {
        return words;
    }

    /**
     * What is wrong with a reading of a known point, if anything is. A reading that the driver itself calls BAD has no flaw, nor
     * has one that is out of range: that is for the plant to mend, not for the driver's author.
     *
     * @param given what the driver said
     * @param checked what {@link ReadingCheck} left of it
     */
    static Optional<Flaw> of(Reading given, Reading checked) {
        if (given.quality().level() == Level.BAD || !checked.quality().equals(ReadingCheck.NOT_A_VALUE)) {
            return Optional.empty();
        }
        if (given.value().isEmpty()) {
            return Optional.of(NO_VALUE);
        }
        return Optional.of(checked.value().isEmpty() ? OTHER_TYPE : NO_NUMBER);
    }
}
