package io.fieldgate.security;

import io.fieldgate.api.security.Audit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audit log in memory: {@code who action subject outcome}. */
final class AuditLines implements Audit {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String who, String from, String action, String subject, Outcome outcome) {
        lines.add(String.join(" ", who, action, subject, outcome.name().toLowerCase(Locale.ROOT))
                .replace("  ", " "));
    }
}
