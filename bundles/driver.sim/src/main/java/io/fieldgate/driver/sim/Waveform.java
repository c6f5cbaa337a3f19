package io.fieldgate.driver.sim;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The course of a point of a load, between -1 and 1. */
enum Waveform {
    /** Goes up and down smoothly. */
    SINE {
        @Override
        double at(double turns, double roll) {
            return Math.sin(2 * Math.PI * turns);
        }
    },
    /** Jumps between the two ends. */
    SQUARE {
        @Override
        double at(double turns, double roll) {
            return part(turns) < 0.5 ? 1 : -1;
        }
    },
    /** Goes up evenly and falls back at once. */
    SAW {
        @Override
        double at(double turns, double roll) {
            return 2 * part(turns) - 1;
        }
    },
    /** Each value by chance. */
    NOISE {
        @Override
        double at(double turns, double roll) {
            return 2 * roll - 1;
        }
    };

    /**
     * The value at a moment.
     *
     * @param turns waves since the beginning
     * @param roll chance, 0 to below 1
     */
    abstract double at(double turns, double roll);

    private static double part(double turns) {
        return turns - Math.floor(turns);
    }

    /**
     * Finds a waveform by its name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    static Waveform of(String id) {
        return Arrays.stream(values())
                .filter(form -> form.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("waveform must be one of "
                        + Arrays.stream(values()).map(Waveform::id).collect(Collectors.joining(", ")) + ", is " + id));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
