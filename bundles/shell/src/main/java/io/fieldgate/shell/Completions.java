package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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

    /** By command: what its arguments are, one after another; the last one stands for all that follow. */
    private final Map<String, List<Kind>> kinds = Map.ofEntries(
            Map.entry("fg:points", List.of(this::filters)),
            Map.entry("fg:read", List.of(this::pointIds)),
            Map.entry("fg:write", List.of(this::pointIds, Kind.NONE)),
            Map.entry("fg:watch", List.of(this::filters)),
            Map.entry("fg:devices", List.of(this::deviceIds)),
            Map.entry("fg:sessions", List.of(word -> paths())),
            Map.entry("fg:handlers", List.of(word -> paths())),
            Map.entry("fg:close", List.of(word -> sessionIds())),
            Map.entry("fg:log", List.of(word -> Stream.concat(levels(), loggers()), word -> levels())),
            Map.entry("fg:bundles", List.of(word -> bundles())),
            Map.entry("felix:start", List.of(word -> bundles())),
            Map.entry("felix:stop", List.of(word -> bundles())),
            Map.entry("felix:update", List.of(word -> bundles())),
            Map.entry("felix:uninstall", List.of(word -> bundles())),
            Map.entry("felix:refresh", List.of(word -> bundles())),
            Map.entry("felix:resolve", List.of(word -> bundles())),
            Map.entry("felix:headers", List.of(word -> bundles())));

    /** What there is for a word that was begun. */
    private interface Kind extends Function<String, Stream<String>> {

        Kind NONE = word -> Stream.empty();
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

    /**
     * What an argument may be.
     *
     * @param command with its scope, such as {@code fg:points}
     * @param position of the argument, 0 for the first
     * @param word what of it was typed already
     * @return words, also such that do not begin with what was typed; those that end with {@code /} go on
     */
    List<String> of(String command, int position, String word) {
        List<Kind> arguments = kinds.getOrDefault(command, List.of(Kind.NONE));
        return arguments
                .get(Math.min(position, arguments.size() - 1))
                .apply(word)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> pointIds(String word) {
        return from(points, Points::devices)
                .flatMap(device -> device.points().stream())
                .map(point -> upToSegment(point.id().toString(), word));
    }

    private Stream<String> filters(String word) {
        return Stream.concat(
                pointIds(word),
                from(points, Points::devices).map(DeviceInfo::id).map(device -> device + "/*"));
    }

    private Stream<String> deviceIds(String word) {
        return from(points, Points::devices)
                .map(device -> upToSegment(device.id().toString(), word));
    }

    private Stream<String> sessionIds() {
        return from(sessions, Sessions::sessions).map(SessionInfo::id);
    }

    private Stream<String> paths() {
        return from(sessions, Sessions::handlers).map(HandlerInfo::path);
    }

    private Stream<String> bundles() {
        return from(installer, Installer::bundles).map(InstalledBundle::symbolicName);
    }

    private static Stream<String> levels() {
        return Stream.of("error", "warn", "info", "debug", "trace");
    }

    private static Stream<String> loggers() {
        Supplier<Stream<String>> names =
                () -> Collections.list(LogManager.getLogManager().getLoggerNames()).stream();
        return names.get().filter(name -> !name.isEmpty());
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
