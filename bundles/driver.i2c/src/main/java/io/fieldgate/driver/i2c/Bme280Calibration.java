package io.fieldgate.driver.i2c;

/**
 * The trimming values of one BME280 and what they make of its readings: Bosch BST-BME280-DS002, 4.2.2 and 8.1, the formulas
 * in double precision.
 */
final class Bme280Calibration {

    /** Octets from register 0x88 on. */
    static final int FIRST = 26;
    /** Octets from register 0xE1 on. */
    static final int SECOND = 7;

    private final int[] t = new int[4];
    private final int[] p = new int[10];
    private final int[] h = new int[7];

    private Bme280Calibration() {}

    /** Reads the values as they lie in the part. */
    static Bme280Calibration of(byte[] first, byte[] second) {
        Bme280Calibration read = new Bme280Calibration();
        read.t[1] = unsigned(first, 0);
        read.t[2] = signed(first, 2);
        read.t[3] = signed(first, 4);
        read.p[1] = unsigned(first, 6);
        for (int i = 2; i <= 9; i++) {
            read.p[i] = signed(first, 4 + 2 * i);
        }
        read.h[1] = first[25] & 0xff;
        read.h[2] = signed(second, 0);
        read.h[3] = second[2] & 0xff;
        read.h[4] = (second[3] << 4) | (second[4] & 0x0f);
        read.h[5] = (second[5] << 4) | ((second[4] & 0xff) >> 4);
        read.h[6] = second[6];
        return read;
    }

    private static int unsigned(byte[] octets, int at) {
        return (octets[at] & 0xff) | ((octets[at + 1] & 0xff) << 8);
    }

    private static int signed(byte[] octets, int at) {
        return (short) unsigned(octets, at);
    }

    /** The temperature as the other two need it. */
    double fine(int reading) {
        double first = (reading / 16384.0 - t[1] / 1024.0) * t[2];
        double second = reading / 131072.0 - t[1] / 8192.0;
        return first + second * second * t[3];
    }

    /** Degrees Celsius. */
    double temperature(double fine) {
        return fine / 5120.0;
    }

    /** Pascals; no number if the values are not those of a part. */
    double pressure(int reading, double fine) {
        double a = fine / 2.0 - 64000.0;
        double b = a * a * p[6] / 32768.0 + a * p[5] * 2.0;
        b = b / 4.0 + p[4] * 65536.0;
        a = (p[3] * a * a / 524288.0 + p[2] * a) / 524288.0;
        a = (1.0 + a / 32768.0) * p[1];
        if (a == 0) {
            return Double.NaN;
        }
        double pressure = (1048576.0 - reading - b / 4096.0) * 6250.0 / a;
        a = p[9] * pressure * pressure / 2147483648.0;
        b = pressure * p[8] / 32768.0;
        return pressure + (a + b + p[7]) / 16.0;
    }

    /** Percent of relative humidity, 0 to 100. */
    double humidity(int reading, double fine) {
        double warm = fine - 76800.0;
        double level = reading - (h[4] * 64.0 + h[5] / 16384.0 * warm);
        double slope = h[2] / 65536.0 * (1.0 + h[6] / 67108864.0 * warm * (1.0 + h[3] / 67108864.0 * warm));
        double humidity = level * slope;
        humidity *= 1.0 - h[1] * humidity / 524288.0;
        return Math.max(0, Math.min(100, humidity));
    }
}
