package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of which a configuration lists the registers. */
final class RegisterMap implements Part {

    private final Map<String, Register> registers = new LinkedHashMap<>();

    void add(Register register) {
        registers.put(register.info().id().name(), register);
    }

    @Override
    public String description() {
        return "registers";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return registers.values().stream().map(Register::info).toList();
    }

    /** Writes what is to be there at first; what has nothing such is only asked whether it is there. */
    @Override
    public void begin(Target target) throws BusException {
        for (Register register : registers.values()) {
            if (register.initial().isPresent()) {
                write(target, register, register.initial().get());
            }
        }
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        BusException failure = null;
        for (String name : names) {
            try {
                answers.put(device, name, registers.get(name).read(target));
            } catch (BusException e) {
                if (e.kind().concernsTheWholePart()) {
                    throw e;
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Value write(Target target, String name, Value value) throws BusException, DriverException {
        return registers.get(name).write(target, value);
    }

    /** Writes what is safe while nobody watches. */
    @Override
    public void end(Target target) throws BusException {
        for (Register register : registers.values()) {
            if (register.info().safe().isPresent()) {
                write(target, register, register.info().safe().get());
            }
        }
    }

    private static void write(Target target, Register register, Value value) throws BusException {
        try {
            register.write(target, value);
        } catch (DriverException e) {
            throw target.failure(e.getMessage());
        }
    }
}
