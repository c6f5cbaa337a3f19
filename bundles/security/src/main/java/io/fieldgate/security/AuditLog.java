package io.fieldgate.security;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in {@code data/security/audit.log}: a JSON object in each line. When a line cannot be written the gateway goes on,
 * and its own log says so once.
 */
@Component(configurationPid = "io.fieldgate.security.audit")
@Designate(ocd = AuditLog.Config.class)
public final class AuditLog implements Audit {

    /** What an admin can set. */
    @ObjectClassDefinition(name = "Fieldgate audit log")
    public @interface Config {

        /**
         * How long a file gets before the next is begun.
         *
         * @return kB, 16 to 65536
         */
        @AttributeDefinition(
                description = "Length of a file before the next is begun, in kB",
                min = "16",
                max = "65536")
        int file_max_kb() default 512;

        /**
         * How many files are kept.
         *
         * @return a number, 2 to 100
         */
        @AttributeDefinition(description = "Files that are kept; the oldest is removed", min = "2", max = "100")
        int files() default 8;
    }

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SUBJECT = 200;

    private final Clock clock;
    private final AppendedFile file;
    private boolean failed; // guarded by file

    @Activate
    public AuditLog(BundleContext context, Config config) {
        this(
                Path.of(context.getProperty(Gateway.HOME), "data", "security"),
                1000L * checked("file.max.kb", config.file_max_kb(), 16, 65_536),
                checked("files", config.files(), 2, 100),
                Clock.systemUTC());
    }

    AuditLog(Path folder, long maxBytes, int files, Clock clock) {
        this.clock = clock;
        this.file = new AppendedFile(folder, maxBytes, files);
    }

    static int checked(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
        return value;
    }

    @Override
    public void record(String who, String from, String action, String subject, Outcome outcome) {
        byte[] object = Json.object(json -> {
            json.writeStringField(
                    "time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("who", cut(who, LONGEST_NAME));
            json.writeStringField("from", cut(from, LONGEST_NAME));
            json.writeStringField("action", cut(action, LONGEST_NAME));
            json.writeStringField("subject", cut(subject, LONGEST_SUBJECT));
            json.writeStringField("outcome", outcome.name().toLowerCase(Locale.ROOT));
        });
        append((new String(object, StandardCharsets.US_ASCII) + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    private void append(byte[] line) {
        synchronized (file) {
            try {
                file.append(line);
                if (failed) {
                    failed = false;
                    LOG.info("the audit log can be written again");
                }
            } catch (IOException e) {
                if (!failed) {
                    failed = true;
                    LOG.error("the audit log cannot be written, who does what is lost until it can", e);
                }
            }
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + '…';
    }

    @Deactivate
    void close() {
        synchronized (file) {
            file.close();
        }
    }
}
