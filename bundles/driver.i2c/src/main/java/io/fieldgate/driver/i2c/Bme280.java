package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Temperature, pressure and humidity: Bosch BST-BME280-DS002. It measures when it is read (forced mode, 3.3.3) and sleeps
 * between, so that it does not warm itself.
 */
final class Bme280 implements Part {

    static final int ID = 0xd0;
    static final int IS_BME280 = 0x60;

    private static final int CALIBRATION = 0x88;
    private static final int CALIBRATION_OF_HUMIDITY = 0xe1;
    private static final int CTRL_HUM = 0xf2;
    private static final int STATUS = 0xf3;
    private static final int CTRL_MEAS = 0xf4;
    private static final int CONFIG = 0xf5;
    private static final int DATA = 0xf7;
    private static final int FORCED = 1;
    private static final int MEASURING = 0x08;
    private static final int SKIPPED = 0x80000;
    private static final int SKIPPED_HUMIDITY = 0x8000;
    private static final int MORE_LOOKS = 10;

    private final PartLine common;
    private final int samples;
    private final int code;
    private final Pause pause;
    private Bme280Calibration calibration;

    Bme280(TableLine line, Pause pause) {
        common = PartLine.of(line);
        samples = (int) line.integer("oversampling", 1, 16, 1);
        if (Integer.bitCount(samples) != 1) {
            throw line.wrong("oversampling=" + samples + " is not allowed: it must be 1, 2, 4, 8 or 16");
        }
        code = Integer.numberOfTrailingZeros(samples) + 1;
        this.pause = pause;
    }

    @Override
    public String description() {
        return "BME280: temperature, pressure, humidity";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return List.of(
                common.decimal(device, "temperature", "Cel", "temperature").build(),
                common.decimal(device, "pressure", "Pa", "pressure of the air").build(),
                common.decimal(device, "humidity", "%", "relative humidity").build());
    }

    @Override
    public void begin(Target target) throws BusException {
        int id = target.readRegister(ID);
        if (id != IS_BME280) {
            throw target.failure(
                    Kind.WRONG_PART,
                    String.format(Locale.ROOT, "this is no BME280: its id is 0x%02x and not 0x%02x", id, IS_BME280));
        }
        byte[] first = target.readBlock(CALIBRATION, Bme280Calibration.FIRST);
        byte[] second = target.readBlock(CALIBRATION_OF_HUMIDITY, Bme280Calibration.SECOND);
        calibration = Bme280Calibration.of(first, second);
        target.writeChecked(CTRL_HUM, code);
        target.writeChecked(CONFIG, 0);
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        if (target.readRegister(CTRL_HUM) != code) {
            throw target.failure(Kind.RESET, "the BME280 has lost its settings");
        }
        measure(target);
        byte[] data = target.readBlock(DATA, 8);
        int pressure = twenty(data, 0);
        int temperature = twenty(data, 3);
        int humidity = ((data[6] & 0xff) << 8) | (data[7] & 0xff);
        double fine = calibration.fine(temperature);
        boolean warm = temperature != SKIPPED;
        put(device, "temperature", warm, calibration.temperature(fine), answers);
        put(device, "pressure", warm && pressure != SKIPPED, calibration.pressure(pressure, fine), answers);
        put(device, "humidity", warm && humidity != SKIPPED_HUMIDITY, calibration.humidity(humidity, fine), answers);
    }

    /** Starts a measurement and waits as long as the data sheet says that it takes (9.1), and a little more. */
    private void measure(Target target) throws BusException {
        target.writeRegister(CTRL_MEAS, (code << 5) | (code << 2) | FORCED);
        pause.micros(target, 1250 + 3 * 2300L * samples + 2 * 575);
        for (int looks = 0; (target.readRegister(STATUS) & MEASURING) != 0; looks++) {
            if (looks == MORE_LOOKS) {
                throw target.failure(Kind.TIMEOUT, "the BME280 does not end its measurement");
            }
            pause.micros(target, 1000);
        }
    }

    private static int twenty(byte[] data, int at) {
        return ((data[at] & 0xff) << 12) | ((data[at + 1] & 0xff) << 4) | ((data[at + 2] & 0xff) >> 4);
    }

    private static void put(DeviceId device, String name, boolean measured, double value, Answers answers) {
        if (measured && Double.isFinite(value)) {
            answers.put(device, name, Value.of(value));
        } else {
            answers.bad(device, name, Quality.Code.SENSOR_FAILURE);
        }
    }
}
