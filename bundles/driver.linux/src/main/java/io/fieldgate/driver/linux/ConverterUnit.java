package io.fieldgate.driver.linux;

import java.util.Map;

/**
 * What the Industrial I/O subsystem measures a kind of channel in (Documentation/ABI/testing/sysfs-bus-iio).
 *
 * @param ucum the unit of the point
 * @param factor how much the kernel counts of it
 */
record ConverterUnit(String ucum, double factor) {

    static final ConverterUnit NONE = new ConverterUnit("1", 1);

    private static final Map<String, ConverterUnit> KNOWN = Map.ofEntries(
            Map.entry("voltage", new ConverterUnit("V", 1e3)),
            Map.entry("altvoltage", new ConverterUnit("V", 1e3)),
            Map.entry("current", new ConverterUnit("A", 1e3)),
            Map.entry("power", new ConverterUnit("W", 1e3)),
            Map.entry("temp", new ConverterUnit("Cel", 1e3)),
            Map.entry("humidityrelative", new ConverterUnit("%", 1e3)),
            Map.entry("pressure", new ConverterUnit("kPa", 1)),
            Map.entry("accel", new ConverterUnit("m/s2", 1)),
            Map.entry("anglvel", new ConverterUnit("rad/s", 1)),
            Map.entry("angl", new ConverterUnit("rad", 1)),
            Map.entry("magn", new ConverterUnit("G", 1)),
            Map.entry("illuminance", new ConverterUnit("lx", 1)),
            Map.entry("resistance", new ConverterUnit("Ohm", 1)),
            Map.entry("distance", new ConverterUnit("m", 1)),
            Map.entry("capacitance", new ConverterUnit("nF", 1)),
            Map.entry("energy", new ConverterUnit("J", 1)),
            Map.entry("velocity", new ConverterUnit("m/s", 1)));

    /** The unit of a kind such as {@code voltage}; none if it is not known. */
    static ConverterUnit of(String kind) {
        return KNOWN.getOrDefault(kind, NONE);
    }
}
