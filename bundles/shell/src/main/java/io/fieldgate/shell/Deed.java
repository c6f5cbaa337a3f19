package io.fieldgate.shell;

import io.fieldgate.api.security.Audit;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandSession;

/** A change that somebody makes by a command, which the audit log is told of if there is one. */
final class Deed {

    private final Slot<Audit> audit;
    private final Caller caller;
    private final String action;

    private Deed(Slot<Audit> audit, Caller caller, String action) {
        this.audit = audit;
        this.caller = caller;
        this.action = action;
    }

    /**
     * Names a deed.
     *
     * @param audit the log
     * @param session whose it is
     * @param action what is done, such as {@code write}
     */
    static Deed of(Slot<Audit> audit, CommandSession session, String action) {
        return new Deed(audit, Client.of(session).caller(), action);
    }

    /**
     * Does it, and says so whether it went well or not.
     *
     * @param subject with what, such as a point; no value, and no secret
     */
    <T> T on(String subject, Callable<T> body) throws Exception {
        Audit.Outcome outcome = Audit.Outcome.FAILED;
        try {
            T answer = body.call();
            outcome = Audit.Outcome.DONE;
            return answer;
        } finally {
            record(audit, caller, action, subject, outcome);
        }
    }

    /** Says what became of something. */
    static void record(Slot<Audit> audit, Caller caller, String action, String subject, Audit.Outcome outcome) {
        audit.get().ifPresent(log -> log.record(caller.name(), caller.address(), action, subject, outcome));
    }
}
