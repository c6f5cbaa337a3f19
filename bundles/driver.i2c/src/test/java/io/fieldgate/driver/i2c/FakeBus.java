package io.fieldgate.driver.i2c;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bus with parts that have 256 registers each, byte by byte, and one byte without a register. */
final class FakeBus implements Bus {

    final Map<Integer, byte[]> parts = new TreeMap<>();
    final Map<Integer, Integer> ports = new TreeMap<>();
    final List<String> written = new ArrayList<>();
    private int open;

    FakeBus with(int address) {
        parts.put(address, new byte[512]);
        ports.put(address, 0);
        return this;
    }

    /** Sets registers from a number on. */
    FakeBus set(int address, int register, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            parts.get(address)[register + i] = (byte) bytes[i];
        }
        return this;
    }

    int get(int address, int register) {
        return parts.get(address)[register] & 0xff;
    }

    int open() {
        return open;
    }

    @Override
    public String name() {
        return "i2c-7";
    }

    @Override
    public Target open(int address) throws IOException {
        open++;
        return new Part(address);
    }

    /** Parts with 16 bits to a register number, as LM75, ADS1115 and INA219 are: for these, words are kept apart. */
    final Map<Integer, Map<Integer, Integer>> words = new TreeMap<>();

    FakeBus word(int address, int register, int big) {
        words.computeIfAbsent(address, unknown -> new TreeMap<>()).put(register, big);
        return this;
    }

    private final class Part implements Target {

        private final int address;

        Part(int address) {
            this.address = address;
        }

        private byte[] there() throws IOException {
            byte[] registers = parts.get(address);
            if (registers == null) {
                throw new IOException(String.format("no answer at 0x%02x on %s", address, name()));
            }
            return registers;
        }

        @Override
        public int read() throws IOException {
            there();
            return ports.get(address);
        }

        @Override
        public void write(int value) throws IOException {
            there();
            ports.put(address, value);
            written.add(String.format("%02x", value));
        }

        @Override
        public int readByte(int register) throws IOException {
            return there()[register] & 0xff;
        }

        @Override
        public void writeByte(int register, int value) throws IOException {
            there()[register] = (byte) value;
            written.add(String.format("%02x=%02x", register, value & 0xff));
        }

        @Override
        public int readWord(int register) throws IOException {
            byte[] registers = there();
            Map<Integer, Integer> own = words.get(address);
            if (own != null) {
                int big = own.getOrDefault(register, 0);
                return ((big & 0xff) << 8) | (big >> 8);
            }
            return (registers[register] & 0xff) | ((registers[register + 1] & 0xff) << 8);
        }

        @Override
        public void writeWord(int register, int value) throws IOException {
            byte[] registers = there();
            int big = ((value & 0xff) << 8) | ((value >> 8) & 0xff);
            written.add(String.format("%02x=%04x", register, big));
            Map<Integer, Integer> own = words.get(address);
            if (own != null) {
                own.put(register, big);
            } else {
                registers[register] = (byte) value;
                registers[register + 1] = (byte) (value >> 8);
            }
        }

        @Override
        public byte[] readBlock(int register, int length) throws IOException {
            byte[] block = new byte[length];
            System.arraycopy(there(), register, block, 0, length);
            return block;
        }

        @Override
        public void writeBlock(int register, byte[] data) throws IOException {
            System.arraycopy(data, 0, there(), register, data.length);
        }

        @Override
        public void close() {
            open--;
        }
    }
}
