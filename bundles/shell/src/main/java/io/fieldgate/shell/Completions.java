package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.security.TokenInfo;
import io.fieldgate.api.security.UserInfo;
import io.fieldgate.api.security.Users;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What can be typed as an argument of which command. A command that is not listed has none that are known.
 *
 * <p>Names with {@code /} come a segment at a time, for a gateway may have 10,000 points; such a part ends with a {@code /}.
 */
@Component(service = Completions.class)
public final class Completions {

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Slot<Sessions> sessions = new Slot<>("io.fieldgate.core");
    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");
    private final Slot<Users> users = new Slot<>("io.fieldgate.security");

    /** By command: its options. One that is not listed has {@code --help} alone, or none. */
    private final Map<String, Usage> options = Map.of(
            "fg:discover", Usage.of(DiscoverCommand.DISCOVER),
            "fg:points", Usage.of(PointCommands.POINTS),
            "fg:watch", Usage.of(WatchCommand.WATCH),
            "fg:close", Usage.of(CloseCommand.CLOSE),
            "fg:passwd", Usage.of(PasswordCommand.PASSWD),
            "fg:token", Usage.of(TokenCommand.TOKEN),
            "fg:update", Usage.of(UpdateCommands.UPDATE),
            "fg:rollback", Usage.of(UpdateCommands.ROLLBACK),
            "fg:history", Usage.of(UpdateHistoryCommand.HISTORY),
            "fg:log", Usage.of(LogCommand.LOG));

    /** By command: what its operands are, one after another; the last one stands for all that follow. */
    private final Map<String, List<Kind>> operands = Map.ofEntries(
            Map.entry("fg:points", List.of(this::filters)),
            Map.entry("fg:read", List.of(this::pointIds)),
            Map.entry("fg:write", List.of(this::pointIds, this::values, Kind.NONE)),
            Map.entry("fg:watch", List.of(this::filters)),
            Map.entry("fg:devices", List.of(this::deviceIds, Kind.NONE)),
            Map.entry("fg:sessions", List.of(this::paths, Kind.NONE)),
            Map.entry("fg:close", List.of(this::sessionIds)),
            Map.entry("fg:loglevel", List.of(Completions::loggers, Completions::newLevels, Kind.NONE)),
            Map.entry("fg:passwd", List.of(this::userNames, Kind.NONE)),
            Map.entry(
                    "fg:user", List.of(Kind.of(UserCommand.VERBS), this::userNames, Completions::userRoles, Kind.NONE)),
            Map.entry("fg:token", List.of(Kind.of(TokenCommand.VERBS), this::tokenNames, Kind.NONE)),
            Map.entry("fg:certificate", List.of(Kind.of(CertificateCommand.VERBS), Kind.NONE)),
            Map.entry("fg:config", List.of(Kind.of(ConfigCommand.VERBS), Kind.NONE)),
            Map.entry("fg:rollback", List.of(this::bundles, Kind.NONE)),
            Map.entry("fg:history", List.of(this::bundles, Kind.NONE)),
            Map.entry("sim:fault", List.of(this::simulated, Kind.NONE)),
            Map.entry("felix:start", List.of(this::bundles)),
            Map.entry("felix:stop", List.of(this::bundles)),
            Map.entry("felix:update", List.of(this::bundles)),
            Map.entry("felix:uninstall", List.of(this::bundles)),
            Map.entry("felix:refresh", List.of(this::bundles)),
            Map.entry("felix:resolve", List.of(this::bundles)),
            Map.entry("felix:headers", List.of(this::bundles)));

    /** What there is for a word that was begun, after other operands. */
    private interface Kind extends BiFunction<List<String>, String, Stream<String>> {

        Kind NONE = (before, word) -> Stream.empty();

        static Kind of(List<String> words) {
            return (before, word) -> words.stream();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service) {
        sessions.set(service);
    }

    void unbindSessions(Sessions service) {
        sessions.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindUsers(Users service) {
        users.set(service);
    }

    void unbindUsers(Users service) {
        users.clear(service);
    }

    /**
     * What an argument may be.
     *
     * @param command with its scope, such as {@code fg:points}
     * @param before the arguments before it
     * @param word what of it was typed already
     * @return words, also such that do not begin with what was typed; those that end with {@code /} go on
     */
    List<String> of(String command, List<String> before, String word) {
        Usage usage = options.getOrDefault(command, Usage.of(command));
        if (word.startsWith("-") && command.startsWith("fg:")) {
            return List.copyOf(usage.options());
        }
        List<String> plain = new ArrayList<>();
        String value = "";
        for (String argument : before) {
            boolean option = value.isEmpty() && argument.startsWith("-");
            if (value.isEmpty() && !option) {
                plain.add(argument);
            }
            value = option ? usage.value(argument) : "";
        }
        Kind kind = value.isEmpty() ? operand(command, plain.size()) : optionValue(value);
        return kind.apply(plain, word).distinct().sorted().toList();
    }

    private Kind operand(String command, int position) {
        List<Kind> known = operands.getOrDefault(command, List.of(Kind.NONE));
        return known.get(Math.min(position, known.size() - 1));
    }

    private Kind optionValue(String name) {
        return switch (name) {
            case "LEVEL" -> (before, word) -> levels();
            case "ROLE" -> (before, word) -> roles();
            case "ID" -> this::updates;
            default -> Kind.NONE;
        };
    }

    private Stream<String> pointIds(List<String> before, String word) {
        return points().map(point -> upToSegment(point.id().toString(), word));
    }

    private Stream<String> filters(List<String> before, String word) {
        return Stream.concat(
                pointIds(before, word),
                from(points, Points::devices).map(DeviceInfo::id).map(device -> device + "/*"));
    }

    /** Of the values of a point only those that are few. */
    private Stream<String> values(List<String> before, String word) {
        boolean binary = points().anyMatch(
                        point -> point.id().toString().equals(before.get(0)) && point.type() == ValueType.BOOLEAN);
        return binary ? Stream.of("true", "false") : Stream.empty();
    }

    private Stream<PointInfo> points() {
        return from(points, Points::devices).flatMap(device -> device.points().stream());
    }

    private Stream<String> deviceIds(List<String> before, String word) {
        return from(points, Points::devices)
                .map(device -> upToSegment(device.id().toString(), word));
    }

    private Stream<String> simulated(List<String> before, String word) {
        return from(points, Points::drivers)
                .filter(driver -> driver.bundle().startsWith("io.fieldgate.driver.sim"))
                .map(DriverInfo::id);
    }

    private Stream<String> sessionIds(List<String> before, String word) {
        return from(sessions, Sessions::sessions).map(SessionInfo::id);
    }

    private Stream<String> paths(List<String> before, String word) {
        return from(sessions, Sessions::handlers).map(HandlerInfo::path);
    }

    private Stream<String> bundles(List<String> before, String word) {
        return from(installer, Installer::bundles).map(InstalledBundle::symbolicName);
    }

    private Stream<String> updates(List<String> before, String word) {
        return from(installer, Installer::updates).map(update -> Long.toString(update.id()));
    }

    /** Those that there are; for a new one there is nothing to offer. */
    private Stream<String> userNames(List<String> before, String word) {
        return before.equals(List.of("list"))
                ? Stream.empty()
                : from(users, Users::users).map(UserInfo::name);
    }

    private Stream<String> tokenNames(List<String> before, String word) {
        return before.equals(List.of("revoke")) ? from(users, Users::tokens).map(TokenInfo::name) : Stream.empty();
    }

    private static Stream<String> userRoles(List<String> before, String word) {
        return before.get(0).equals("role") ? roles() : Stream.empty();
    }

    private static Stream<String> roles() {
        return Stream.of(Role.values()).map(Role::id);
    }

    private static Stream<String> levels() {
        return Stream.of(LogLevel.values()).map(LogLevel::id);
    }

    private static Stream<String> newLevels(List<String> before, String word) {
        return Stream.concat(levels(), Stream.of(LogLevels.DEFAULT));
    }

    /** A bundle's whole package; its classes only if the package was typed and a dot. */
    private static Stream<String> loggers(List<String> before, String word) {
        return Stream.concat(
                Stream.of(LogLevels.ROOT),
                Collections.list(LogManager.getLogManager().getLoggerNames()).stream()
                        .filter(name -> name.contains("."))
                        .map(name -> {
                            String parent = name.substring(0, name.lastIndexOf('.'));
                            return word.startsWith(parent + '.') ? name : parent;
                        }));
    }

    private static <S, T> Stream<T> from(Slot<S> slot, Function<S, List<T>> list) {
        return slot.get().map(list).stream().flatMap(List::stream);
    }

    /** Of a name as many segments as were typed, and the one that is being typed. */
    private static String upToSegment(String name, String word) {
        int end = name.startsWith(word.substring(0, word.lastIndexOf('/') + 1)) ? name.indexOf('/', word.length()) : -1;
        return end < 0 ? name : name.substring(0, end + 1);
    }
}
