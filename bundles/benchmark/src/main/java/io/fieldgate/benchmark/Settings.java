package io.fieldgate.benchmark;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param rounds how many times each figure is taken of each server, at least 1
 * @param seconds how long one measurement of a rate lasts, not counting the warm-up
 * @param warmUp how long the same load runs before it
 * @param settle how long a server is left alone before its size is taken
 * @param clients how many clients are idle, subscribed or talking, at least 1
 * @param updates how many times a bundle is replaced in one round, at least 1
 */
record Settings(int rounds, Duration seconds, Duration warmUp, Duration settle, int clients, int updates) {

    Settings {
        atLeastOne("rounds", rounds);
        atLeastOne("clients", clients);
        atLeastOne("updates", updates);
        if (seconds.isNegative() || seconds.isZero()) {
            throw new IllegalArgumentException("seconds must be more than 0, is " + seconds.toMillis() / 1e3);
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle must not be less than 0, is " + settle.toMillis() / 1e3);
        }
    }

    /** What gives figures worth to be written down. */
    static Settings thorough() {
        return new Settings(3, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20), 1_000, 10);
    }

    /** What shows that all works, and no more. */
    static Settings quick() {
        return new Settings(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3), 1_000, 2);
    }

    /**
     * These settings for one server. One that does not run in a virtual machine is as it will stay after a quarter of the time.
     */
    Settings of(Contender contender) {
        return contender.isJava() ? this : brief();
    }

    /** With a quarter of the time before a measurement. */
    Settings brief() {
        return new Settings(rounds, seconds, warmUp.dividedBy(4), settle.dividedBy(4), clients, updates);
    }

    Settings withRounds(int other) {
        return new Settings(other, seconds, warmUp, settle, clients, updates);
    }

    /** Another time for each measurement; the warm-up is no longer than that. */
    Settings withSeconds(Duration other) {
        Duration shorter = warmUp.compareTo(other) > 0 ? other : warmUp;
        return new Settings(rounds, other, shorter, settle, clients, updates);
    }

    Settings withSettle(Duration other) {
        return new Settings(rounds, seconds, warmUp, other, clients, updates);
    }

    Settings withClients(int other) {
        return new Settings(rounds, seconds, warmUp, settle, other, updates);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, is " + value);
        }
    }
}
