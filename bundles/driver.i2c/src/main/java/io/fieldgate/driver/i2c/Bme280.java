package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Temperature, pressure and humidity of the air (Bosch BST-BME280-DS002, 4.2, 5.4). Each reading is one forced measurement of 10 ms. */
final class Bme280 implements Part {

    static final int ID_REGISTER = 0xd0;
    static final int ID = 0x60;

    private static final int CALIBRATION = 0x88;
    private static final int CALIBRATION_BYTES = 26;
    private static final int HUMIDITY_CALIBRATION = 0xe1;
    private static final int HUMIDITY_CALIBRATION_BYTES = 7;
    private static final int CONTROL_HUMIDITY = 0xf2;
    private static final int STATUS = 0xf3;
    private static final int MEASURING = 1 << 3;
    private static final int CONTROL = 0xf4;
    private static final int DATA = 0xf7;
    private static final int DATA_BYTES = 8;
    private static final int ONCE = 1;
    /** Temperature and pressure once, then sleep. */
    private static final int FORCED = (ONCE << 5) | (ONCE << 2) | 1;

    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final PointInfo temperature;
    private final PointInfo pressure;
    private final PointInfo humidity;
    private Bme280Calibration calibration;

    Bme280(Measured measured) {
        temperature = measured.number("temperature", "Cel", "temperature of the air")
                .range(-40, 85)
                .build();
        pressure = measured.number("pressure", "Pa", "pressure of the air")
                .range(30_000, 110_000)
                .build();
        humidity = measured.number("humidity", "%", "relative humidity")
                .range(0, 100)
                .build();
    }

    @Override
    public List<PointInfo> points() {
        return List.of(temperature, pressure, humidity);
    }

    @Override
    public void begin(Bus.Target target) throws IOException {
        int id = target.readByte(ID_REGISTER);
        if (id != ID) {
            throw new IOException(String.format("the part says it is 0x%02x; a BME280 is 0x60", id));
        }
        calibration = Bme280Calibration.of(
                target.readBlock(CALIBRATION, CALIBRATION_BYTES),
                target.readBlock(HUMIDITY_CALIBRATION, HUMIDITY_CALIBRATION_BYTES));
    }

    @Override
    public Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        target.writeByte(CONTROL_HUMIDITY, ONCE);
        target.writeByte(CONTROL, FORCED);
        awaitEnd(target);
        byte[] data = target.readBlock(DATA, DATA_BYTES);
        double fine = calibration.fine(twenty(data, 3));
        return Map.of(
                temperature.id(), Value.of(Bme280Calibration.celsius(fine)),
                pressure.id(), Value.of(calibration.pascals(twenty(data, 0), fine)),
                humidity.id(), Value.of(calibration.percent(((data[6] & 0xff) << 8) | (data[7] & 0xff), fine)));
    }

    private static int twenty(byte[] data, int at) {
        return ((data[at] & 0xff) << 12) | ((data[at + 1] & 0xff) << 4) | ((data[at + 2] & 0xff) >> 4);
    }

    private static void awaitEnd(Bus.Target target) throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        do {
            LockSupport.parkNanos(STEP_NANOS);
            if ((target.readByte(STATUS) & MEASURING) == 0) {
                return;
            }
        } while (System.nanoTime() - end < 0);
        throw new IOException("the measurement did not end within 100 ms");
    }
}
