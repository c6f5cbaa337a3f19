package io.fieldgate.driver.modbus;

import java.nio.ByteBuffer;

/** Answers requests: function codes 1 to 6, 15, 16, 22 and 23 (Modbus Application Protocol 1.1b3, section 6). */
final class ServerAnswers {

    private static final int MOST_BITS = 2000;
    private static final int MOST_REGISTERS = 125;
    private static final int MOST_BITS_WRITTEN = 1968;
    private static final int MOST_REGISTERS_WRITTEN = 123;

    private final ServedTables tables;

    ServerAnswers(ServedTables tables) {
        this.tables = tables;
    }

    /**
     * Answers a request.
     *
     * @param request function code and data
     * @return function code and data, or the function code with its highest bit set and the code of an exception
     */
    byte[] answer(byte[] request) {
        int function = request[0] & 0xFF;
        try {
            return answer(function, ByteBuffer.wrap(request, 1, request.length - 1));
        } catch (Refusal e) {
            return exception(function, e.code());
        } catch (java.nio.BufferUnderflowException e) {
            return exception(function, Refusal.ILLEGAL_VALUE);
        }
    }

    static byte[] exception(int function, int code) {
        return new byte[] {(byte) (function | 0x80), (byte) code};
    }

    private byte[] answer(int function, ByteBuffer data) throws Refusal {
        return switch (function) {
            case 1 -> bits(function, Table.COIL, data);
            case 2 -> bits(function, Table.DISCRETE, data);
            case 3 -> registers(function, Table.HOLDING, data);
            case 4 -> registers(function, Table.INPUT, data);
            case 5 -> writeCoil(data);
            case 6 -> {
                int address = word(data);
                tables.write(Table.HOLDING, address, new int[] {word(data)});
                yield echo(function, data, 4);
            }
            case 15 -> writeCoils(data);
            case 16 -> {
                writeRegisters(data);
                yield echo(function, data, 4);
            }
            case 22 -> maskWrite(data);
            case 23 -> readWrite(data);
            default -> throw new Refusal(Refusal.ILLEGAL_FUNCTION);
        };
    }

    private byte[] bits(int function, Table table, ByteBuffer data) throws Refusal {
        int address = word(data);
        int count = count(data, address, MOST_BITS);
        int[] bits = tables.read(table, address, count);
        byte[] answer = new byte[2 + (count + 7) / 8];
        answer[0] = (byte) function;
        answer[1] = (byte) (answer.length - 2);
        for (int i = 0; i < count; i++) {
            answer[2 + i / 8] |= (byte) (bits[i] << (i % 8));
        }
        return answer;
    }

    private byte[] registers(int function, Table table, ByteBuffer data) throws Refusal {
        int address = word(data);
        int count = count(data, address, MOST_REGISTERS);
        int[] words = tables.read(table, address, count);
        byte[] answer = new byte[2 + 2 * count];
        ByteBuffer buffer = ByteBuffer.wrap(answer);
        buffer.put((byte) function).put((byte) (2 * count));
        for (int word : words) {
            buffer.putShort((short) word);
        }
        return answer;
    }

    private byte[] writeCoil(ByteBuffer data) throws Refusal {
        int address = word(data);
        int value = word(data);
        if (value != 0 && value != 0xFF00) {
            throw new Refusal(Refusal.ILLEGAL_VALUE);
        }
        tables.write(Table.COIL, address, new int[] {value == 0 ? 0 : 1});
        return echo(5, data, 4);
    }

    private byte[] writeCoils(ByteBuffer data) throws Refusal {
        int address = word(data);
        int count = count(data, address, MOST_BITS_WRITTEN);
        octets(data, (count + 7) / 8);
        int[] bits = new int[count];
        for (int i = 0; i < count; i++) {
            bits[i] = (data.get(data.position() + i / 8) >> (i % 8)) & 1;
        }
        tables.write(Table.COIL, address, bits);
        return echo(15, data, 4);
    }

    private void writeRegisters(ByteBuffer data) throws Refusal {
        int address = word(data);
        int count = count(data, address, MOST_REGISTERS_WRITTEN);
        octets(data, 2 * count);
        int[] words = new int[count];
        for (int i = 0; i < count; i++) {
            words[i] = word(data);
        }
        tables.write(Table.HOLDING, address, words);
    }

    private byte[] maskWrite(ByteBuffer data) throws Refusal {
        int address = word(data);
        int and = word(data);
        int or = word(data);
        int now = tables.read(Table.HOLDING, address, 1)[0];
        tables.write(Table.HOLDING, address, new int[] {(now & and) | (or & ~and & 0xFFFF)});
        return echo(22, data, 6);
    }

    private byte[] readWrite(ByteBuffer data) throws Refusal {
        ByteBuffer read = data.slice(1, 4);
        data.position(data.position() + 4);
        writeRegisters(data);
        return registers(23, Table.HOLDING, read);
    }

    private static int count(ByteBuffer data, int address, int most) throws Refusal {
        int count = word(data);
        if (count < 1 || count > most) {
            throw new Refusal(Refusal.ILLEGAL_VALUE);
        }
        if (address + count > 65_536) {
            throw new Refusal(Refusal.ILLEGAL_ADDRESS);
        }
        return count;
    }

    private static void octets(ByteBuffer data, int expected) throws Refusal {
        if ((data.get() & 0xFF) != expected || data.remaining() != expected) {
            throw new Refusal(Refusal.ILLEGAL_VALUE);
        }
    }

    private static int word(ByteBuffer data) {
        return data.getShort() & 0xFFFF;
    }

    private static byte[] echo(int function, ByteBuffer data, int octets) {
        byte[] answer = new byte[octets + 1];
        data.position(1);
        data.get(answer, 1, octets);
        answer[0] = (byte) function;
        return answer;
    }
}
