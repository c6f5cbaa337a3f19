package io.fieldgate.driver.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleCoilsRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import java.util.Arrays;

/** What is asked of units, and whether their answers fit. */
final class Requests {

    private final Bus bus;

    Requests(Bus bus) {
        this.bus = bus;
    }

    /** Reads registers, or bits as 0 and 1. */
    int[] read(Unit unit, Table table, int address, int count, long deadline) throws Fault {
        ModbusRequest request = switch (table) {
            case COIL -> new ReadCoilsRequest(address, count);
            case DISCRETE -> new ReadInputDiscretesRequest(address, count);
            case HOLDING -> new ReadMultipleRegistersRequest(address, count);
            case INPUT -> new ReadInputRegistersRequest(address, count);
        };
        byte[] answer = bus.ask(unit, request, deadline);
        int octets = table.bits() ? (count + 7) / 8 : count * 2;
        if (answer.length != octets + 2 || (answer[1] & 0xFF) != octets) {
            throw Fault.wrongAnswer("the answer has another length than was asked for");
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = table.bits()
                    ? (answer[2 + i / 8] >> (i % 8)) & 1
                    : ((answer[2 + 2 * i] & 0xFF) << 8) | (answer[3 + 2 * i] & 0xFF);
        }
        return values;
    }

    /** Writes a register's raw value, and returns when the unit has confirmed it. */
    void write(Register register, int[] raw, long deadline) throws Fault {
        Unit unit = register.unit();
        int address = register.address();
        if (register.table() == Table.COIL) {
            if (register.multiple()) {
                WriteMultipleCoilsRequest request = new WriteMultipleCoilsRequest(address, 1);
                request.setCoilStatus(0, raw[0] != 0);
                confirm(unit, request, 4, deadline);
            } else {
                confirm(unit, new WriteCoilRequest(address, raw[0] != 0), 4, deadline);
            }
        } else if (register.layout().mask() != 0xFFFF) {
            writeBits(unit, register, raw[0], deadline);
        } else if (raw.length > 1 || register.multiple()) {
            writeWords(unit, address, raw, deadline);
        } else {
            confirm(unit, new WriteSingleRegisterRequest(address, new SimpleRegister(raw[0])), 4, deadline);
        }
    }

    private void writeWords(Unit unit, int address, int[] raw, long deadline) throws Fault {
        SimpleRegister[] registers =
                Arrays.stream(raw).mapToObj(SimpleRegister::new).toArray(SimpleRegister[]::new);
        confirm(unit, new WriteMultipleRegistersRequest(address, registers), 4, deadline);
    }

    /** With mask write (22), or, for units that do not have it, by reading the register before. */
    private void writeBits(Unit unit, Register register, int bits, long deadline) throws Fault {
        int address = register.address();
        int others = ~register.layout().mask() & 0xFFFF;
        if (unit.masks()) {
            try {
                confirm(unit, new MaskWriteRegisterRequest(address, others, bits), 6, deadline);
                return;
            } catch (Fault e) {
                if (!e.is(Fault.ILLEGAL_FUNCTION)) {
                    throw e;
                }
                unit.cannotMask();
            }
        }
        int now = read(unit, Table.HOLDING, address, 1, deadline)[0];
        int[] raw = {(now & others) | bits};
        if (register.multiple()) {
            writeWords(unit, address, raw, deadline);
        } else {
            confirm(unit, new WriteSingleRegisterRequest(address, new SimpleRegister(raw[0])), 4, deadline);
        }
    }

    /** All answers to writes begin as their requests do. */
    private void confirm(Unit unit, ModbusRequest request, int alike, long deadline) throws Fault {
        byte[] answer = bus.ask(unit, request, deadline);
        if (answer.length != alike + 1 || !Arrays.equals(answer, 1, alike + 1, request.getMessage(), 0, alike)) {
            throw Fault.wrongAnswer("the answer confirms something else than was written");
        }
    }
}
