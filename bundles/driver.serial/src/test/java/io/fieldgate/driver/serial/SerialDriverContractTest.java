package io.fieldgate.driver.serial;

import static io.fieldgate.driver.serial.Configs.table;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.util.Optional;

class SerialDriverContractTest extends DriverContract {

    private FakeLine line = new FakeLine();

    @Override
    protected String driverId() {
        return "serial1";
    }

    @Override
    protected Driver driver() {
        line = new FakeLine();
        return driver(line);
    }

    private static Driver driver(FakeLine line) {
        SerialSettings settings = SerialSettings.of(Configs.of(
                "lines",
                table("weather pattern=\"W (?<wind>[0-9.]+)\""),
                "requests",
                table("state send=GET\\n pattern=\"T=(?<t>[0-9.]+);H=(?<h>[0-9]+)\" period.ms=100"),
                "points",
                table(
                        "wind unit=m/s",
                        "temperature group=t unit=Cel min=-40 max=85",
                        "humidity group=h type=integer unit=%",
                        "limit send=\"SET %s\\n\" answer=OK min=0 max=100",
                        "text send=\"TEXT %s\\n\" type=text")));
        return new SerialDriver(settings, line, new BackOff(10, 40));
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        FakeLine gone = new FakeLine();
        gone.away(true);
        return Optional.of(driver(gone));
    }

    @Override
    protected void stir() {
        line.say("W 3.5\nW 4.5\n");
    }
}
