package io.fieldgate.driver.modbus;

import io.fieldgate.api.driver.TableLine;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * One unit (a "slave") and what has been learnt of it: whether it answers, where its addresses have holes, what it cannot do. For use by
 * one thread at a time.
 */
final class Unit {

    private static final long REFUSED_NANOS = 60_000_000_000L;

    private final String name;
    private final int id;
    private final int timeoutMillis;
    private final int retries;

    private final Map<Table, TreeSet<Integer>> cuts = new EnumMap<>(Table.class);
    private final Map<Register, Long> refused = new HashMap<>();
    private boolean maskWrite = true;
    private boolean dead;
    private long nextTry;

    private Unit(String name, int id, int timeoutMillis, int retries) {
        this.name = name;
        this.id = id;
        this.timeoutMillis = timeoutMillis;
        this.retries = retries;
    }

    static Unit of(TableLine line, int least, int greatest, int timeoutMillis, int retries) {
        Unit unit = new Unit(
                line.name(),
                (int) line.integer("unit", least, greatest),
                (int) line.integer("timeout.ms", 10, 4000, timeoutMillis),
                (int) line.integer("retries", 0, 5, retries));
        line.end();
        if (!unit.name.matches("[a-z0-9_-]{1,64}")) {
            throw line.wrong("the name is that of a device: 1 to 64 characters of [a-z0-9_-]");
        }
        return unit;
    }

    String name() {
        return name;
    }

    int id() {
        return id;
    }

    int timeoutMillis() {
        return timeoutMillis;
    }

    /** How often a request is sent again; a unit that has been silent gets no second chance. */
    int retries() {
        return dead ? 0 : retries;
    }

    boolean isDead() {
        return dead;
    }

    boolean mayBeTried(long now) {
        return !dead || now - nextTry >= 0;
    }

    void silent(long now, long pauseNanos) {
        dead = true;
        nextTry = now + pauseNanos;
    }

    void answered() {
        dead = false;
    }

    /** From now on no block reaches across this address. */
    void cut(Table table, int address) {
        cuts.computeIfAbsent(table, any -> new TreeSet<>()).add(address);
    }

    /** Whether a block that starts here must end before that address. */
    boolean isCut(Table table, int start, int address) {
        TreeSet<Integer> known = cuts.get(table);
        Integer last = known == null ? null : known.floor(address);
        return last != null && last > start;
    }

    void refuse(Register register, long now) {
        refused.put(register, now + REFUSED_NANOS);
    }

    boolean hasRefused(Register register, long now) {
        Long until = refused.get(register);
        if (until != null && now - until >= 0) {
            refused.remove(register);
            return false;
        }
        return until != null;
    }

    boolean anyRefused() {
        return !refused.isEmpty();
    }

    boolean masks() {
        return maskWrite;
    }

    void cannotMask() {
        maskWrite = false;
    }
}
