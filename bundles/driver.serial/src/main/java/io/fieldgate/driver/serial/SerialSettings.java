package io.fieldgate.driver.serial;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.driver.TableLine;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a person has set for one line, checked.
 *
 * @param device the device
 * @param port the port
 * @param text how octets become lines
 * @param silenceMillis after which time without a value a point is BAD; 0 for never
 * @param patterns forms of lines that come by themselves
 * @param requests what is asked for
 * @param points the points
 */
record SerialSettings(
        DeviceId device,
        PortSettings port,
        Text text,
        long silenceMillis,
        List<LinePattern> patterns,
        List<Exchange> requests,
        List<LinePoint> points) {

    /** How a line ends. */
    enum End {
        LF("\n"),
        CRLF("\r\n"),
        CR("\r");

        private final String characters;

        End(String characters) {
            this.characters = characters;
        }

        String characters() {
            return characters;
        }
    }

    /** What each line has to be right. */
    enum Checksum {
        NONE,
        NMEA
    }

    /** What several lines make. */
    enum Frame {
        NONE,
        DSMR
    }

    /**
     * How octets become lines.
     *
     * @param end how a line ends
     * @param maxBytes the longest line, without its end
     * @param charset its characters
     * @param checksum what each line has
     * @param frame what several lines make
     */
    record Text(End end, int maxBytes, Charset charset, Checksum checksum, Frame frame) {

        Text {
            PortSettings.within("line.max.bytes", maxBytes, 16, 65_536);
            if (frame == Frame.DSMR && end != End.CRLF) {
                throw new IllegalArgumentException("frame=dsmr is not allowed with this line.end: it must be crlf");
            }
        }
    }

    private static final Set<String> DIAGNOSTIC = Set.of("lines", "unmatched", "too-long", "checksum-errors");

    static SerialSettings of(SerialDriver.Config config) {
        DeviceId device = device(config.fieldgate_driver_id(), config.device());
        List<LinePattern> patterns = TableLine.table("lines", config.lines()).stream()
                .map(SerialSettings::pattern)
                .toList();
        List<Exchange> requests = TableLine.table("requests", config.requests()).stream()
                .map(Exchange::polled)
                .toList();
        Set<String> names = new HashSet<>();
        patterns.forEach(pattern -> names.add(pattern.name()));
        for (Exchange request : requests) {
            if (!names.add(request.name())) {
                throw new IllegalArgumentException(
                        "requests, line \"" + request.name() + "\": the table lines has this name already");
            }
        }
        List<LinePoint> points = TableLine.table("points", config.points()).stream()
                .map(line -> point(line, device, patterns, requests))
                .toList();
        return new SerialSettings(
                device,
                new PortSettings(
                        path(config.port()),
                        config.baud(),
                        config.data_bits(),
                        PortSettings.choice("parity", config.parity(), PortSettings.Parity.class),
                        config.stop_bits(),
                        PortSettings.choice("flow", config.flow(), PortSettings.Flow.class)),
                new Text(
                        PortSettings.choice("line.end", config.line_end(), End.class),
                        config.line_max_bytes(),
                        charset(config.encoding()),
                        PortSettings.choice("checksum", config.checksum(), Checksum.class),
                        PortSettings.choice("frame", config.frame(), Frame.class)),
                PortSettings.within("silence.s", config.silence_s(), 0, 86_400) * 1000L,
                patterns,
                requests,
                points);
    }

    private static LinePattern pattern(TableLine line) {
        LinePattern pattern = LinePattern.of(line, "pattern");
        line.end();
        return pattern;
    }

    private static LinePoint point(
            TableLine line, DeviceId device, List<LinePattern> patterns, List<Exchange> requests) {
        if (DIAGNOSTIC.contains(line.name())) {
            throw line.wrong("the name is not allowed: the driver has a point of its own with it");
        }
        return LinePoint.of(line, device, patterns, requests);
    }

    private static DeviceId device(String driver, String name) {
        try {
            return new DeviceId(driver, name);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + driver + " and device=" + name + " make no id: " + e.getMessage(), e);
        }
    }

    private static Path path(String port) {
        try {
            return Path.of(port);
        } catch (InvalidPathException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "port=" + port + " is not allowed: it must be a device file such as /dev/ttyUSB0", e);
        }
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "encoding=" + name + " is not allowed: it must be one that Java knows, such as UTF-8", e);
        }
    }
}
