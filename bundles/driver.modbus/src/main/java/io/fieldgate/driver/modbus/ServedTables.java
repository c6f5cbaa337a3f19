package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The tables that clients of the server read and write; each address leads to the points that lie there. */
final class ServedTables {

    private final Map<Table, TreeMap<Integer, List<ServedPoint>>> tables = new EnumMap<>(Table.class);
    private final Points points;
    private final int writeMillis;

    ServedTables(List<ServedPoint> served, Points points, int writeMillis) {
        this.points = points;
        this.writeMillis = writeMillis;
        for (ServedPoint point : served) {
            Map<Integer, List<ServedPoint>> table = tables.computeIfAbsent(point.table(), any -> new TreeMap<>());
            for (int address = point.address(); address < point.end(); address++) {
                add(table, address, point);
            }
        }
    }

    private static void add(Map<Integer, List<ServedPoint>> table, int address, ServedPoint point) {
        List<ServedPoint> there = table.getOrDefault(address, List.of());
        for (ServedPoint other : there) {
            if (point.table().bits() || (other.mask() & point.mask()) != 0) {
                throw new IllegalArgumentException("points: " + other.id() + " and " + point.id() + " both lie at "
                        + point.table().name().toLowerCase(java.util.Locale.ROOT) + ' ' + address);
            }
        }
        List<ServedPoint> all = new java.util.ArrayList<>(there);
        all.add(point);
        table.put(address, List.copyOf(all));
    }

    /** What lies there now; bits as 0 and 1. */
    int[] read(Table table, int address, int count) throws Refusal {
        Map<ServedPoint, int[]> known = new LinkedHashMap<>();
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            for (ServedPoint point : at(table, address + i)) {
                int[] raw = known.get(point);
                if (raw == null) {
                    raw = point.raw(points);
                    known.put(point, raw);
                }
                int word = raw[address + i - point.address()];
                words[i] |= table.bits() ? (word == 0 ? 0 : 1) : word;
            }
        }
        return words;
    }

    private List<ServedPoint> at(Table table, int address) throws Refusal {
        List<ServedPoint> there = tables.getOrDefault(table, new TreeMap<>()).get(address);
        if (there == null) {
            throw new Refusal(Refusal.ILLEGAL_ADDRESS);
        }
        return there;
    }

    /** Writes all points that lie there, one after the other, and returns when the last has been confirmed. */
    void write(Table table, int address, int[] words) throws Refusal {
        Map<ServedPoint, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            for (ServedPoint point : at(table, address + i)) {
                if (point.address() < address || point.end() > address + words.length) {
                    throw new Refusal(Refusal.ILLEGAL_VALUE); // A part of a number is no number.
                }
                if (!values.containsKey(point)) {
                    int[] raw = new int[point.end() - point.address()];
                    System.arraycopy(words, point.address() - address, raw, 0, raw.length);
                    values.put(point, point.value(table.bits() ? new int[] {raw[0] == 0 ? 0 : 0xFFFF} : raw, points));
                }
            }
        }
        for (Map.Entry<ServedPoint, Value> entry : values.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
    }

    private void write(ServedPoint point, Value value) throws Refusal {
        try {
            points.write(point.id(), value).toCompletableFuture().get(writeMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PointException why
                    ? Refusal.of(why.reason())
                    : new Refusal(Refusal.DEVICE_FAILURE);
        } catch (TimeoutException e) {
            throw new Refusal(Refusal.NO_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.NO_ANSWER);
        }
    }
}
