package io.fieldgate.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong in a {@link SwarmReport}, and what an author can do about it. */
final class Findings {

    private static final Map<Integer, String> CODES = Map.of(
            1006, "the connection just broke",
            1009, "a message was greater than the handler takes, see @SocketMessageMaxBytes",
            1011, "a callback of the handler has thrown or did not return; the log says which",
            1012,
                    "nobody took the session over: the handler says @SocketResumable(false), or its new version has another path or"
                            + " subprotocol",
            1013, "the handler sent more than the client had taken; it should use sendLatest or send less");

    private Findings() {}

    static String of(SwarmReport report, String symbolicName) {
        List<String> found = new ArrayList<>();
        report.closed()
                .forEach((code, clients) -> found.add(clients + " sessions of " + symbolicName + " were closed with "
                        + code + ": " + CODES.getOrDefault(code, "see RFC 6455, 7.4.1")));
        if (report.lost() > 0 && report.closed().isEmpty()) {
            found.add(report.lost()
                    + " messages were lost: an answer that is owed when parked(session) is called must be sent there,"
                    + " or be left to resumed(session) in an attribute of the session");
        }
        if (report.doubled() > 0) {
            found.add(report.doubled()
                    + " messages were answered twice: resumed(session) must not send again what has been sent");
        }
        if (report.reordered() > 0) {
            found.add(report.reordered()
                    + " messages were answered after later ones: answers of one session must leave in the order"
                    + " in which received(session, message) was called");
        }
        if (report.sent() == 0) {
            found.add("no client has said anything");
        }
        return String.join("; ", found) + " (" + report + ')';
    }
}
