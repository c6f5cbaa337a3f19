package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of which a person has described the registers. */
final class RegisterMap implements Part {

    private final Map<PointId, Register> registers = new LinkedHashMap<>();
    /** What was written to registers that are not read back. */
    private final Map<PointId, Value> remembered = new HashMap<>();

    /** What one transfer reads. */
    private record Place(int number, int width, Register.Order order) {}

    RegisterMap(Collection<Register> registers) {
        registers.forEach(register -> this.registers.put(register.info().id(), register));
    }

    @Override
    public List<PointInfo> points() {
        return registers.values().stream().map(Register::info).toList();
    }

    @Override
    public void begin(Bus.Target target) throws IOException {
        for (Register register : registers.values()) {
            if (register.initial().isPresent()) {
                register.write(target, register.initial().getAsLong());
            }
        }
    }

    @Override
    public Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        Map<PointId, Value> read = new HashMap<>();
        // Points that are parts of one register are of one instant.
        Map<Place, Long> bits = new HashMap<>();
        for (PointId point : wanted) {
            Register register = registers.get(point);
            Value value = remembered.get(point);
            if (value == null) {
                Place place = new Place(
                        register.number(), register.width(), register.layout().order());
                Long known = bits.get(place);
                if (known == null) {
                    known = register.read(target);
                    bits.put(place, known);
                }
                value = register.value(known);
            }
            read.put(point, value);
        }
        return read;
    }

    @Override
    public void write(Bus.Target target, PointId point, Value value) throws IOException, DriverException {
        Register register = registers.get(point);
        long before = register.isWhole() ? 0 : register.read(target);
        try {
            register.write(target, register.bits(value, before));
        } catch (IllegalArgumentException e) {
            throw new DriverException(DriverException.Reason.OUT_OF_RANGE, e.getMessage(), e);
        }
        if (!register.readBack()) {
            remembered.put(point, value);
        }
    }
}
