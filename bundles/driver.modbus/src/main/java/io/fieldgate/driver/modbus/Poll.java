package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One reading of many registers: unit by unit, block by block. What a unit does wrong is its own points' trouble alone. */
final class Poll {

    private final Requests requests;
    private final Block.Limits limits;
    private final long deadPause;
    private final LongSupplier nanos;
    private final long deadline;
    private final Map<PointId, Reading> readings = new LinkedHashMap<>();
    private final Map<Unit, String> troubles = new LinkedHashMap<>();
    private boolean deadTried;
    private Fault lost;

    Poll(Requests requests, Block.Limits limits, long deadPause, LongSupplier nanos, long deadline) {
        this.requests = requests;
        this.limits = limits;
        this.deadPause = deadPause;
        this.nanos = nanos;
        this.deadline = deadline;
    }

    /** What was read, also of points that could not be. */
    Map<PointId, Reading> readings() {
        return readings;
    }

    /** What is wrong, of each unit that was asked; empty if nothing is. */
    Map<Unit, String> troubles() {
        return troubles;
    }

    /** Why the connection was lost on the way. */
    Optional<Fault> lost() {
        return Optional.ofNullable(lost);
    }

    void read(Unit unit, List<Register> registers) {
        long now = nanos.getAsLong();
        if (lost != null) {
            bad(registers, Quality.Code.DISCONNECTED);
        } else if (unit.isDead() && (deadTried || !unit.mayBeTried(now))) {
            bad(registers, Quality.Code.TIMEOUT);
        } else {
            deadTried |= unit.isDead();
            troubles.put(unit, "");
            List<Register> wanted = new ArrayList<>();
            for (Register register : registers) {
                if (unit.hasRefused(register, now)) {
                    bad(List.of(register), Quality.Code.CONFIGURATION);
                    troubles.put(unit, refusal(register));
                } else {
                    wanted.add(register);
                }
            }
            for (Block block : Block.plan(unit, wanted, limits)) {
                read(unit, block);
            }
        }
    }

    private static String refusal(Register register) {
        return Fault.exception(Fault.ILLEGAL_DATA_ADDRESS).getMessage() + ": " + register.id();
    }

    private void read(Unit unit, Block block) {
        if (lost != null) {
            bad(block.registers(), Quality.Code.DISCONNECTED);
            return;
        }
        if (!unit.mayBeTried(nanos.getAsLong()) || nanos.getAsLong() - deadline >= 0) {
            bad(block.registers(), Quality.Code.TIMEOUT);
            return;
        }
        try {
            int[] raw = requests.read(unit, block.table(), block.address(), block.count(), deadline);
            unit.answered();
            for (Register register : block.registers()) {
                int start = register.address() - block.address();
                readings.put(register.id(), decode(register, raw, start));
            }
        } catch (Fault e) {
            failed(unit, block, e);
        }
    }

    private void failed(Unit unit, Block block, Fault fault) {
        if (fault.kind() == Fault.Kind.LINK) {
            lost = fault;
        } else if (fault.silence()) {
            unit.silent(nanos.getAsLong(), deadPause);
        } else {
            unit.answered();
        }
        if (fault.is(Fault.ILLEGAL_DATA_ADDRESS)) {
            List<Block> halves = block.halves();
            if (!halves.isEmpty()) {
                unit.cut(block.table(), halves.get(1).address());
                halves.forEach(half -> read(unit, half));
                return;
            }
            block.registers().forEach(register -> unit.refuse(register, nanos.getAsLong()));
        }
        troubles.put(unit, fault.getMessage() + ": " + block.registers().get(0).id());
        bad(block.registers(), fault.quality());
    }

    private void bad(List<Register> registers, Quality.Code code) {
        registers.forEach(register -> readings.put(register.id(), Reading.bad(register.id(), code)));
    }

    static Reading decode(Register register, int[] raw, int start) {
        int[] own = new int[register.layout().words()];
        System.arraycopy(raw, start, own, 0, own.length);
        if (register.table().bits()) {
            own[0] = own[0] == 0 ? 0 : 0xFFFF;
        }
        Optional<Value> value = register.layout().decode(own);
        if (value.isEmpty()) {
            return Reading.bad(register.id(), Quality.Code.OUT_OF_RANGE);
        }
        return value.get() instanceof Value.DecimalValue decimal && !Double.isFinite(decimal.value())
                ? Reading.bad(register.id(), Quality.Code.NOT_A_VALUE)
                : Reading.good(register.id(), value.get());
    }
}
