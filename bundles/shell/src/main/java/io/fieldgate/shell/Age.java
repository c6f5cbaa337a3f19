package io.fieldgate.shell;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in the two greatest units, for people. */
final class Age {

    private Age() {}

    /** The time from one instant to another, none if the second is the earlier. */
    static String between(Instant from, Instant to) {
        Duration age = Duration.between(from, to);
        if (age.isNegative()) {
            return "0 s";
        }
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + " min " + age.toSecondsPart() + " s";
        }
        return age.toSeconds() + " s";
    }
}
