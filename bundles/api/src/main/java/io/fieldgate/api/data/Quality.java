package io.fieldgate.api.data;

import java.util.Locale;
import java.util.Objects;

/**
 * How far a value can be trusted, and why not further. The three levels and most codes are those of OPC UA Part 8, A.4.3.
 *
 * @param level how far
 * @param code why; {@link Code#OK} for a value that is simply good
 */
public record Quality(Level level, Code code) {

    /** The value can be used. */
    public static final Quality GOOD = new Quality(Level.GOOD, Code.OK);

    /** Refuses null. */
    public Quality {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(code, "code");
    }

    /** How far a value can be trusted. More may follow: a switch over them needs a default. */
    public enum Level {
        /** The value can be used. */
        GOOD,
        /** The value may be wrong or old. */
        UNCERTAIN,
        /** The value cannot be used; if there is one it is the last that was known. */
        BAD;

        /**
         * The name in protocols.
         *
         * @return the name in lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a value is not simply good. More may follow: a switch over them needs a default. */
    public enum Code {
        /** Nothing to say. */
        OK,
        /** Not measured but computed by a simulator. */
        SIMULATED,
        /** No new value has come for three poll periods. */
        STALE,
        /** Nothing has been read yet. */
        WAITING,
        /** The device did not answer in time. */
        TIMEOUT,
        /** The driver has gone, or it has lost the device. */
        DISCONNECTED,
        /** The device answered with a failure. */
        DEVICE_FAILURE,
        /** The sensor reports a defect of its own. */
        SENSOR_FAILURE,
        /** The value lies outside the range that the point declares. */
        OUT_OF_RANGE,
        /** The value is not a number, or not of the type that the point declares. */
        NOT_A_VALUE,
        /** The device or the point is configured wrongly. */
        CONFIGURATION;

        /**
         * The name in protocols.
         *
         * @return the name in lower case with hyphens, for example {@code out-of-range}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A value that may be wrong or old.
     *
     * @param code why
     * @return a quality of level {@link Level#UNCERTAIN}
     */
    public static Quality uncertain(Code code) {
        return new Quality(Level.UNCERTAIN, code);
    }

    /**
     * A value that cannot be used.
     *
     * @param code why
     * @return a quality of level {@link Level#BAD}
     */
    public static Quality bad(Code code) {
        return new Quality(Level.BAD, code);
    }

    /** The level, and the code in brackets if it says anything: {@code bad (timeout)}. */
    @Override
    public String toString() {
        return code == Code.OK ? level.id() : level.id() + " (" + code.id() + ')';
    }
}
