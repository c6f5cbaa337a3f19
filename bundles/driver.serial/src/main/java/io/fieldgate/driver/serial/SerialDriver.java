package io.fieldgate.driver.serial;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import io.fieldgate.api.stream.ByteLine;
import io.fieldgate.api.stream.LineConnection;
import io.fieldgate.api.stream.LineObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A device at a serial line that speaks in lines of text. A new configuration makes a new one. */
@Component(
        service = {Driver.class, ByteLine.class},
        configurationPid = "io.fieldgate.driver.serial",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SerialDriver.Config.class, factory = true)
public final class SerialDriver implements Driver, ByteLine {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate serial line", description = "A device at a serial line")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * The name of the device.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Name of the device, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "line";

        /**
         * The port.
         *
         * @return a path
         */
        @AttributeDefinition(description = "Device file, best the stable one below /dev/serial/by-id")
        String port();

        /**
         * The speed.
         *
         * @return bits a second
         */
        @AttributeDefinition(description = "Speed, in baud", min = "50", max = "4000000")
        int baud() default 9600;

        /**
         * The bits of a character.
         *
         * @return 5 to 8
         */
        @AttributeDefinition(description = "Bits of a character", min = "5", max = "8")
        int data_bits() default 8;

        /**
         * The parity.
         *
         * @return a word
         */
        @AttributeDefinition(description = "Parity: none, even, odd, mark or space")
        String parity() default "none";

        /**
         * The stop bits.
         *
         * @return 1 or 2
         */
        @AttributeDefinition(description = "Stop bits", min = "1", max = "2")
        int stop_bits() default 1;

        /**
         * The flow control.
         *
         * @return a word
         */
        @AttributeDefinition(description = "Flow control: none, rts-cts or xon-xoff")
        String flow() default "none";

        /**
         * How a line ends.
         *
         * @return a word
         */
        @AttributeDefinition(description = "What ends a line: lf (a cr before it is left out), crlf or cr")
        String line_end() default "lf";

        /**
         * The longest line.
         *
         * @return octets
         */
        @AttributeDefinition(
                description = "Longest line, in bytes; a longer one is left out",
                min = "16",
                max = "65536")
        int line_max_bytes() default 1024;

        /**
         * The characters.
         *
         * @return the name of a character set
         */
        @AttributeDefinition(description = "Character set of what comes and of what is sent")
        String encoding() default "ISO-8859-1";

        /**
         * What each line must have.
         *
         * @return a word
         */
        @AttributeDefinition(description = "Checksum of each line: none or nmea")
        String checksum() default "none";

        /**
         * What several lines make.
         *
         * @return a word
         */
        @AttributeDefinition(description = "What several lines make: none, or dsmr (a P1 telegram with its CRC)")
        String frame() default "none";

        /**
         * When a point that says nothing is BAD.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Time without a value after which a point is BAD, in seconds; 0 for never",
                min = "0",
                max = "86400")
        int silence_s() default 60;

        /**
         * Forms of lines that come by themselves.
         *
         * @return lines of a table
         */
        @AttributeDefinition(description = "Forms of lines: NAME pattern=\"regular expression with named groups\"")
        String[] lines() default {};

        /**
         * What is asked for.
         *
         * @return lines of a table
         */
        @AttributeDefinition(description = "Requests: NAME send=TEXT pattern=… period.ms=1000 timeout.ms=1000")
        String[] requests() default {};

        /**
         * The points.
         *
         * @return lines of a table
         */
        @AttributeDefinition(description = "Points: NAME group=… type=decimal unit=… scale=1 offset=0; send=… to write")
        String[] points() default {};
    }

    private final SerialSettings settings;
    private final Counters counters;
    private final LastReadings last;
    private final LineDesk desk;
    private final AnswerSlot slot = new AnswerSlot();
    private final LineParser parser;
    private final LineReader reader;
    private final Dialogue dialogue;
    private final Map<PointId, LinePoint> points = new LinkedHashMap<>();

    /**
     * Makes the driver; the port is opened when it is started.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public SerialDriver(Config config) {
        this(SerialSettings.of(config), new BackOff(1000, 30_000));
    }

    private SerialDriver(SerialSettings settings, BackOff backOff) {
        this(settings, () -> SerialPortLink.open(settings.port()), backOff);
    }

    SerialDriver(SerialSettings settings, Link.Opener opener, BackOff backOff) {
        this.settings = settings;
        counters = new Counters(settings.device());
        last = new LastReadings(settings.silenceMillis());
        desk = new LineDesk(settings.device().driver());
        parser = new LineParser(settings, counters, slot);
        reader = new LineReader(settings, opener, backOff, new LineParts(parser, counters, last, desk));
        dialogue = new Dialogue(reader, slot, settings.text().charset());
        settings.points().forEach(point -> points.put(point.id(), point));
    }

    @Override
    public void start(DriverContext context) throws DriverException {
        reader.start(context);
        desk.begin(reader::send);
    }

    @Override
    public List<DeviceInfo> devices() {
        List<PointInfo> infos =
                new ArrayList<>(points.values().stream().map(LinePoint::info).toList());
        infos.addAll(counters.infos());
        DeviceInfo.Builder device = DeviceInfo.builder(settings.device())
                .description("serial line " + settings.port().path());
        infos.forEach(device::point);
        return List.of(device.build());
    }

    @Override
    public List<Reading> read(List<PointId> asked) {
        Map<String, Map<String, Reading>> answers = new HashMap<>();
        return asked.stream().map(point -> read(point, answers)).toList();
    }

    private Reading read(PointId id, Map<String, Map<String, Reading>> answers) {
        LinePoint point = points.get(id);
        if (point == null) {
            return counters.read(id).orElseGet(() -> Reading.bad(id, Quality.Code.CONFIGURATION));
        }
        Optional<Exchange> request = settings.requests().stream()
                .filter(exchange -> point.comesFrom(exchange.name()))
                .findFirst();
        if (request.isEmpty()) {
            return last.get(id);
        }
        Reading answer = answers.computeIfAbsent(request.get().name(), name -> ask(request.get()))
                .get(id.name());
        return answer == null ? Reading.bad(id, Quality.Code.NOT_A_VALUE) : answer;
    }

    /** One request gives all points that come from it, by name. */
    private Map<String, Reading> ask(Exchange request) {
        Map<String, Reading> readings = new HashMap<>();
        try {
            Map<String, String> groups = dialogue.hold(request, request.text());
            parser.readings(request.name(), groups)
                    .forEach(reading -> readings.put(reading.point().name(), reading));
        } catch (DriverException e) {
            Quality.Code code =
                    e.reason() == DriverException.Reason.TIMEOUT ? Quality.Code.TIMEOUT : Quality.Code.DISCONNECTED;
            points.values().stream()
                    .filter(point -> point.comesFrom(request.name()))
                    .forEach(point -> readings.put(point.id().name(), Reading.bad(point.id(), code)));
        }
        return readings;
    }

    @Override
    public Reading write(PointId id, Value value) throws DriverException {
        LinePoint point = points.get(id);
        if (point == null && counters.read(id).isEmpty()) {
            throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no point " + id);
        }
        if (point == null || point.write().isEmpty()) {
            throw new DriverException(DriverException.Reason.READ_ONLY, id + " cannot be written");
        }
        String text = point.text(value);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE, id + " takes no text with control characters");
        }
        Exchange exchange = point.write().get();
        dialogue.hold(exchange, exchange.text(text));
        return Reading.good(id, value);
    }

    @Override
    public LineConnection open(LineObserver observer) throws DriverException {
        return desk.open(observer);
    }

    @Override
    public void stop() {
        desk.end();
        reader.stop();
    }

    /** Who has the line open is told, the port is closed. */
    @Deactivate
    void close() {
        stop();
    }
}
