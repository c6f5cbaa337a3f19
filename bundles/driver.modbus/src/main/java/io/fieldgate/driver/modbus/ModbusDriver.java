package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The registers of Modbus units behind one connection. A new configuration makes a new connection. */
@Component(
        service = Driver.class,
        configurationPid = "io.fieldgate.driver.modbus",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ModbusDriver.Config.class, factory = true)
public final class ModbusDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate Modbus", description = "Modbus units behind one connection")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * Where the units are.
         *
         * @return an address
         */
        @AttributeDefinition(description = "tcp:host:port, or rtu:/dev/ttyUSB0 for a serial line")
        String connect();

        /**
         * The speed of the serial line.
         *
         * @return bits per second
         */
        @AttributeDefinition(description = "Speed of the serial line, in bits per second", min = "300", max = "4000000")
        int baud() default 19_200;

        /**
         * The parity of the serial line.
         *
         * @return a word
         */
        @AttributeDefinition(description = "Parity of the serial line: none, odd or even")
        String parity() default "even";

        /**
         * The data bits of the serial line.
         *
         * @return a number
         */
        @AttributeDefinition(description = "Data bits of the serial line; RTU has 8", min = "7", max = "8")
        int data_bits() default 8;

        /**
         * The stop bits of the serial line.
         *
         * @return a number
         */
        @AttributeDefinition(
                description = "Stop bits of the serial line; 2 if there is no parity",
                min = "1",
                max = "2")
        int stop_bits() default 1;

        /**
         * Whether the kernel turns the line's direction.
         *
         * @return true if it does
         */
        @AttributeDefinition(
                description =
                        "true: the kernel turns the direction of an RS-485 line by RTS; USB adapters do so themselves")
        boolean rs485() default false;

        /**
         * How long an answer is waited for.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Time for an answer, in milliseconds; a unit can have its own",
                min = "10",
                max = "4000")
        int timeout_ms() default 1000;

        /**
         * How often a request is sent again.
         *
         * @return a number
         */
        @AttributeDefinition(
                description = "How often a request without an answer is sent again; a unit can have its own",
                min = "0",
                max = "5")
        int retries() default 1;

        /**
         * What is read though nobody wants it.
         *
         * @return a number of registers, or of bits
         */
        @AttributeDefinition(
                description = "Registers or bits between two points that are read along to make one request of two",
                min = "0",
                max = "124")
        int gap() default 8;

        /**
         * The greatest request.
         *
         * @return a number of registers
         */
        @AttributeDefinition(
                description = "Most registers in one request; of bits it is 16 times as many",
                min = "1",
                max = "125")
        int block_max() default 125;

        /**
         * The pause between an answer and the next request.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Least time between an answer and the next request, in milliseconds",
                min = "0",
                max = "1000")
        int pause_ms() default 0;

        /**
         * How often a unit that is silent is tried.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Time after which a unit that does not answer is tried again, in seconds",
                min = "1",
                max = "3600")
        int dead_retry_s() default 10;

        /**
         * How often the points are read.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Poll period of the points, in milliseconds; a point can have its own",
                min = "10",
                max = "86400000")
        int period_ms() default 1000;

        /**
         * The units.
         *
         * @return lines of a table
         */
        @AttributeDefinition(description = "One line per unit: plc unit=1 timeout.ms=500 retries=0")
        String[] units();

        /**
         * The points.
         *
         * @return lines of a table
         */
        @AttributeDefinition(
                description =
                        "One line per point: plc/level function=holding address=100 type=float32 unit=m writable=true")
        String[] registers();
    }

    private final ModbusSettings settings;
    private final Master master;

    /**
     * Makes the driver; it connects when it is started.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public ModbusDriver(Config config) {
        this(ModbusSettings.of(config), System::nanoTime);
    }

    ModbusDriver(ModbusSettings settings, LongSupplier nanos) {
        this.settings = settings;
        master = new Master(settings, settings.connection().opener(settings.serial(), settings.timeoutMillis()), nanos);
    }

    @Override
    public void start(DriverContext context) throws DriverException {
        master.start(context);
    }

    @Override
    public List<DeviceInfo> devices() {
        return settings.units().values().stream().map(this::device).toList();
    }

    private DeviceInfo device(Unit unit) {
        DeviceInfo.Builder device = DeviceInfo.builder(new DeviceId(settings.driverId(), unit.name()))
                .description("Modbus unit " + unit.id() + " at " + settings.connection());
        settings.of(unit).forEach(register -> device.point(register.info()));
        return device.build();
    }

    @Override
    public List<Reading> read(List<PointId> points) throws DriverException {
        return master.read(points);
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        return master.write(point, value);
    }

    /** Closes the connection; an exchange that runs ends with it. */
    @Override
    @Deactivate
    public void stop() {
        master.stop();
    }
}
