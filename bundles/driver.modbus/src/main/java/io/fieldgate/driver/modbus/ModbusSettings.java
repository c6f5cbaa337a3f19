package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What an administrator has set, checked. */
record ModbusSettings(
        String driverId,
        Connection connection,
        SerialSettings serial,
        int timeoutMillis,
        Block.Limits limits,
        int pauseMillis,
        long deadPauseNanos,
        Map<String, Unit> units,
        Map<PointId, Register> registers) {

    static ModbusSettings of(ModbusDriver.Config config) {
        Connection connection = Connection.of(config.connect());
        int timeout = Checks.within("timeout.ms", config.timeout_ms(), 10, 4000);
        int retries = Checks.within("retries", config.retries(), 0, 5);
        int blockMax = Checks.within("block.max", config.block_max(), 1, 125);
        Map<String, Unit> units = new LinkedHashMap<>();
        for (TableLine line : TableLine.table("units", config.units())) {
            int greatest = connection.serial() ? 247 : 255;
            units.put(line.name(), Unit.of(line, connection.serial() ? 1 : 0, greatest, timeout, retries));
        }
        if (units.isEmpty()) {
            throw new IllegalArgumentException("units is empty: it must have at least one line such as \"plc unit=1\"");
        }
        Duration period = Duration.ofMillis(Checks.within("period.ms", config.period_ms(), 10, 86_400_000));
        Map<PointId, Register> registers = new LinkedHashMap<>();
        for (TableLine line : TableLine.table("registers", config.registers())) {
            Register register = Register.of(line, config.fieldgate_driver_id(), units, period);
            if (!register.table().bits() && register.layout().words() > blockMax) {
                throw line.wrong("it takes " + register.layout().words() + " registers, and block.max is " + blockMax);
            }
            if (registers.put(register.id(), register) != null) {
                throw line.wrong("the point " + register.id() + " is there twice");
            }
        }
        return new ModbusSettings(
                config.fieldgate_driver_id(),
                connection,
                SerialSettings.of(
                        config.baud(), config.data_bits(), config.stop_bits(), config.parity(), config.rs485()),
                timeout,
                new Block.Limits(Checks.within("gap", config.gap(), 0, 124), blockMax),
                Checks.within("pause.ms", config.pause_ms(), 0, 1000),
                TimeUnit.SECONDS.toNanos(Checks.within("dead.retry.s", config.dead_retry_s(), 1, 3600)),
                units,
                registers);
    }

    List<Register> of(Unit unit) {
        return registers.values().stream()
                .filter(register -> register.unit() == unit)
                .toList();
    }
}
