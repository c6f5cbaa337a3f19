package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a person has set for the sampling of one converter, checked.
 *
 * @param device the device whose points are pushed
 * @param converter its name, or its folder's
 * @param channels as the kernel calls them, without {@code in_}
 * @param trigger the name of one, {@code timer}, or empty
 * @param hertz what the trigger is set to; 0: as it is
 * @param length how many scans the kernel keeps
 */
record SamplingSettings(
        DeviceId device, String converter, List<String> channels, String trigger, int hertz, int length) {

    /** A trigger that is made for this. */
    static final String TIMER = "timer";

    static final int MOST_HERTZ = 1_000;

    SamplingSettings {
        if (converter == null || converter.isEmpty()) {
            throw new IllegalArgumentException(
                    "converter is missing: give the name of a converter, as in linux/iio-NAME");
        }
        if (channels.isEmpty() || channels.size() > Group.MOST) {
            throw new IllegalArgumentException(
                    "channels must be 1 to " + Group.MOST + " names, such as voltage0, are " + channels.size());
        }
        for (String channel : channels) {
            if (!channel.matches("[a-z][a-z0-9_-]*")) {
                throw new IllegalArgumentException("channels must be names such as voltage0, has \"" + channel + '"');
            }
        }
        if (hertz < 0 || hertz > MOST_HERTZ) {
            throw new IllegalArgumentException("rate.hz must be 0 to " + MOST_HERTZ + ", is " + hertz);
        }
        if (length < 2 || length > 4_096) {
            throw new IllegalArgumentException("buffer.scans must be 2 to 4096, is " + length);
        }
        if (trigger.equals(TIMER) && hertz == 0) {
            throw new IllegalArgumentException("trigger=timer needs a rate.hz of 1 to " + MOST_HERTZ);
        }
    }

    /** What a channel measures: {@code voltage} of {@code voltage0}. */
    static String kind(String channel) {
        return channel.replaceAll("[^a-z].*", "");
    }

    /** Whether the numbers of a channel stand for a unit. */
    static boolean hasScale(Path converter, String channel) {
        return Files.exists(converter.resolve("in_" + channel + "_scale"))
                || Files.exists(converter.resolve("in_" + kind(channel) + "_scale"));
    }
}
