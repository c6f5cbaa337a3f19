package io.fieldgate.api.data;

import java.util.List;

/**
 * Chooses points by their ids: {@code linux/cpu/load} is one point, {@code linux/*}{@code /load} has any device, and
 * {@code linux/**} is everything below the driver.
 *
 * <p>{@code *} stands for one whole segment, {@code **} at the end for all segments that are left, one or more; alone it
 * chooses every point. Filters are compared by their text.
 */
public final class PointFilter {

    /** Chooses every point. */
    public static final PointFilter ALL = new PointFilter("**");

    private static final int SEGMENTS = 3;
    private static final String ANY = "*";
    private static final String REST = "**";

    private final String text;
    private final List<String> segments;

    private PointFilter(String text) {
        this.text = text;
        this.segments = List.of(text.split("/", -1));
    }

    /**
     * Parses a filter.
     *
     * @param text up to three segments, parted by slashes; each is {@code [a-z0-9_-]+} or {@code *}, the last may be
     *     {@code **}
     * @return the filter
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static PointFilter of(String text) {
        PointFilter filter = new PointFilter(text);
        int count = filter.segments.size();
        boolean open = filter.segments.get(count - 1).equals(REST);
        if (count > SEGMENTS || (count < SEGMENTS && !open)) {
            throw new IllegalArgumentException(
                    "a filter is driver/device/point with * for any segment or ** for the rest, got \"" + text + '"');
        }
        for (String segment : filter.segments.subList(0, open ? count - 1 : count)) {
            if (!segment.equals(ANY)) {
                Segments.check("segment of filter", segment);
            }
        }
        return filter;
    }

    /**
     * Chooses one point.
     *
     * @param point the point
     * @return a filter that matches it and no other
     */
    public static PointFilter of(PointId point) {
        return new PointFilter(point.toString());
    }

    /**
     * Tells whether a point is chosen.
     *
     * @param point the point
     * @return true if each segment of the filter fits
     */
    public boolean matches(PointId point) {
        return fits(0, point.driver()) && fits(1, point.device().name()) && fits(2, point.name());
    }

    private boolean fits(int index, String segment) {
        if (index >= segments.size()) {
            return true;
        }
        String wanted = segments.get(index);
        return wanted.equals(ANY) || wanted.equals(REST) || wanted.equals(segment);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointFilter filter && filter.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #of(String)} takes. */
    @Override
    public String toString() {
        return text;
    }
}
