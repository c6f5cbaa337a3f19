package io.fieldgate.shell;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.security.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shell command {@code fg:close}. */
@Component(service = CloseCommand.class)
@GogoCommand(scope = "fg", function = "close")
public final class CloseCommand {

    static final String CLOSE = """
            fg:close [--code N] [--reason TEXT] SESSION…
            Ends sessions. What is queued for a client still goes out, for up to 5 s;
            then it is told the code and the reason. All are known or none is closed.
              --code N       1000 to 1003, 1007 to 1014 or 3000 to 4999 (RFC 6455, 7.4);
                             1008 unless given: against a policy, and no other code
                             fits. Many clients take 1000 as a reason to stay away,
                             1001, 1012 and 1013 as one to come back
              --reason TEXT  at most 123 bytes, quoted if it has blanks; "closed by an
                             administrator" unless given
              SESSION        the id that fg:sessions shows""";

    private static final int CODE_MAX = 4999;

    private static final Logger LOG = LoggerFactory.getLogger(CloseCommand.class);

    private final Slot<Sessions> sessions = new Slot<>("io.fieldgate.core");

    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service) {
        sessions.set(service);
    }

    void unbindSessions(Sessions service) {
        sessions.clear(service);
    }

    /**
     * Ends sessions.
     *
     * @param session who asks
     * @param arguments options and ids
     * @return a line for each session
     * @throws Exception if the arguments are wrong, or the core is not there
     */
    @Descriptor("end sessions, with a code and a reason for the client")
    public String close(CommandSession session, @Descriptor(CLOSE) String... arguments) throws Exception {
        return Usage.of(CLOSE).answer(arguments, given -> {
            CloseReason reason = reason(given);
            return Deed.of(audit, session, "close")
                    .on(String.join(" ", given.operands()), () -> close(given.operands(), reason));
        });
    }

    private static CloseReason reason(Arguments given) {
        String text = given.value("--reason").orElse("closed by an administrator");
        String code = given.value("--code").orElse(Integer.toString(CloseReason.POLICY));
        if (code.matches("\\d{4}")) {
            int number = Integer.parseInt(code);
            if (number >= CloseReason.NORMAL && number <= CODE_MAX && new CloseReason(number, "").sendable()) {
                return new CloseReason(number, text);
            }
        }
        throw new IllegalArgumentException(
                "a close code is 1000 to 1003, 1007 to 1014 or 3000 to 4999, got \"" + code + '"');
    }

    private String close(List<String> ids, CloseReason reason) {
        Sessions service = sessions.orFail();
        Map<String, SessionInfo> known =
                service.sessions().stream().collect(Collectors.toMap(SessionInfo::id, Function.identity()));
        Optional<String> unknown =
                ids.stream().filter(id -> !known.containsKey(id)).findFirst();
        if (unknown.isPresent()) {
            throw new IllegalArgumentException(
                    "there is no session \"" + unknown.get() + "\", so none was closed; fg:sessions lists them");
        }
        List<String> lines = new ArrayList<>();
        for (String id : ids.stream().distinct().toList()) {
            if (service.close(id, reason)) {
                SocketRequest request = known.get(id).request();
                LOG.info(
                        "the shell has closed session {} of {} at {} from {}: {}",
                        id,
                        request.user().name(),
                        request.path(),
                        request.remoteAddress(),
                        reason);
                lines.add(id + " closed: " + Table.printable(reason.toString()));
            } else {
                lines.add(id + " had ended by itself");
            }
        }
        return String.join("\n", lines);
    }
}
