package io.fieldgate.driver.i2c;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The trimming values of one BME280 and the formulas that use them, with floating-point numbers (Bosch BST-BME280-DS002, 4.2.2 and 8.1).
 *
 * @param t dig_T1 to dig_T3
 * @param p dig_P1 to dig_P9
 * @param h dig_H1 to dig_H6
 */
record Bme280Calibration(Numbers t, Numbers p, Numbers h) {

    /** Trimming values, counted from 1 as in the data sheet. */
    static final class Numbers {

        private final int[] values;

        Numbers(int... values) {
            this.values = values.clone();
        }

        double at(int number) {
            return values[number - 1];
        }
    }

    /**
     * Reads the values as the part has them.
     *
     * @param first registers 0x88 to 0xa1
     * @param second registers 0xe1 to 0xe7
     */
    static Bme280Calibration of(byte[] first, byte[] second) {
        ByteBuffer words = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        Numbers t = new Numbers(words.getShort() & 0xffff, words.getShort(), words.getShort());
        int[] p = new int[9];
        p[0] = words.getShort() & 0xffff;
        for (int i = 1; i < p.length; i++) {
            p[i] = words.getShort();
        }
        ByteBuffer rest = ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN);
        Numbers h = new Numbers(
                first[25] & 0xff,
                rest.getShort(0),
                second[2] & 0xff,
                (second[3] << 4) | (second[4] & 0x0f),
                (second[5] << 4) | ((second[4] & 0xf0) >> 4),
                second[6]);
        return new Bme280Calibration(t, new Numbers(p), h);
    }

    /** The temperature as the other two formulas want it. */
    double fine(int raw) {
        double first = (raw / 16_384.0 - t.at(1) / 1_024.0) * t.at(2);
        double distance = raw / 131_072.0 - t.at(1) / 8_192.0;
        return first + distance * distance * t.at(3);
    }

    static double celsius(double fine) {
        return fine / 5_120.0;
    }

    double pascals(int raw, double fine) {
        double x = fine / 2.0 - 64_000.0;
        double y = x * x * p.at(6) / 32_768.0 + x * p.at(5) * 2.0;
        y = y / 4.0 + p.at(4) * 65_536.0;
        double scale = (p.at(3) * x * x / 524_288.0 + p.at(2) * x) / 524_288.0;
        scale = (1.0 + scale / 32_768.0) * p.at(1);
        if (scale == 0) {
            return Double.NaN;
        }
        double pressure = (1_048_576.0 - raw - y / 4_096.0) * 6_250.0 / scale;
        double square = p.at(9) * pressure * pressure / 2_147_483_648.0;
        double linear = pressure * p.at(8) / 32_768.0;
        return pressure + (square + linear + p.at(7)) / 16.0;
    }

    double percent(int raw, double fine) {
        double x = fine - 76_800.0;
        double humidity = (raw - (h.at(4) * 64.0 + h.at(5) / 16_384.0 * x))
                * (h.at(2) / 65_536.0 * (1.0 + h.at(6) / 67_108_864.0 * x * (1.0 + h.at(3) / 67_108_864.0 * x)));
        humidity *= 1.0 - h.at(1) * humidity / 524_288.0;
        return Math.max(0, Math.min(100, humidity));
    }
}
