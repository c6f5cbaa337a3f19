package io.fieldgate.shell;

import io.fieldgate.api.security.Audit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An audit log in memory. */
final class FakeAudit implements Audit {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String who, String from, String action, String subject, Outcome outcome) {
        lines.add(String.join("|", who, from, action, subject, outcome.toString()));
    }
}
