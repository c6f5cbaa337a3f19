package io.fieldgate.driver.serial;

/** Checksums of known protocols. */
final class Checksums {

    private Checksums() {}

    /** NMEA 0183: after {@code $} or {@code !} all is combined by exclusive or, up to the {@code *} before two digits. */
    static boolean nmea(String sentence) {
        int star = sentence.length() - 3;
        if (star < 1 || sentence.charAt(star) != '*' || "$!".indexOf(sentence.charAt(0)) < 0) {
            return false;
        }
        int sum = 0;
        for (int i = 1; i < star; i++) {
            sum ^= sentence.charAt(i);
        }
        return sum == number(sentence.substring(star + 1));
    }

    /** DSMR P1 (NEN-EN 62056-21): CRC-16 with the polynomial 0xA001 reversed, beginning with 0. */
    static int crc16(int before, CharSequence text) {
        int crc = before;
        for (int i = 0; i < text.length(); i++) {
            crc ^= text.charAt(i) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xa001;
            }
        }
        return crc;
    }

    /** A hexadecimal number, or -1. */
    static int number(String hexadecimal) {
        return hexadecimal.matches("[0-9A-Fa-f]{1,7}") ? Integer.parseInt(hexadecimal, 16) : -1;
    }
}
