package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.BooleanValue;
import io.fieldgate.api.driver.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line that is switched. */
final class Output extends OneLine {

    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

    private final Lines lines;
    private final KeptLevels kept;

    Output(LineSettings settings, Lines lines, KeptLevels kept) {
        super(settings);
        this.lines = lines;
        this.kept = kept;
    }

    @Override
    Lines.Line request(Lines.Chip from, int number) throws DriverException {
        boolean level = switch (settings().initial) {
            case TRUE -> true;
            case FALSE -> false;
            case KEEP -> kept.level(settings().name);
        };
        return lines.output(from, number, meaning(level));
    }

    @Override
    public Reading read(PointId point) throws DriverException {
        return Reading.good(point, Value.of(level()));
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        level(truth(value));
        return read(point);
    }

    private static boolean truth(Value value) {
        return value instanceof BooleanValue given && given.value();
    }

    @Override
    public void close() {
        if (held()) {
            try {
                if (settings().stop == LineSettings.Stop.SAFE) {
                    level(truth(settings().safe()));
                }
                if (settings().initial == LineSettings.Initial.KEEP) {
                    kept.keep(settings().name, level());
                }
            } catch (DriverException e) {
                LOG.error("line {} could not be set to its safe level: {}", settings().name, e.getMessage());
            }
        }
        super.close();
    }
}
