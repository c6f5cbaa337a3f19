package io.fieldgate.installer;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Calls a health check of Felix by the names of its types. So this bundle is not wired to their API: it runs where that is missing, is not
 * restarted when that is replaced, and understands checks of any version of it.
 */
final class HealthCall {

    /** The service. */
    static final String SERVICE = "org.apache.felix.hc.api.HealthCheck";

    private static final String RESULT = "org.apache.felix.hc.api.Result";
    private static final String ENTRY = "org.apache.felix.hc.api.ResultLog$Entry";
    private static final Set<String> WELL = Set.of("OK", "WARN");

    private HealthCall() {}

    /**
     * Runs a check, for as long as it takes.
     *
     * @return what is wrong, or nothing if it is OK or just warns
     * @throws ReflectiveOperationException if it is no health check, or has thrown
     */
    static String complaint(Object check) throws ReflectiveOperationException {
        Object result = call(check, SERVICE, "execute");
        if (result == null) {
            return "has no result";
        }
        String status = call(result, RESULT, "getStatus").toString();
        return WELL.contains(status) ? "" : "is " + status + reason(result, status);
    }

    private static String reason(Object result, String status) throws ReflectiveOperationException {
        if (result instanceof Iterable<?> log) {
            for (Object entry : log) {
                if (status.equals(call(entry, ENTRY, "getStatus").toString())) {
                    return ": " + call(entry, ENTRY, "getMessage");
                }
            }
        }
        return "";
    }

    private static Object call(Object target, String type, String method) throws ReflectiveOperationException {
        Class<?> found = types(target.getClass())
                .filter(candidate -> candidate.getName().equals(type))
                .findFirst()
                .orElseThrow(() -> new ClassNotFoundException(target.getClass() + " is no " + type));
        return found.getMethod(method).invoke(target);
    }

    private static Stream<Class<?>> types(Class<?> type) {
        return Stream.concat(
                Stream.of(type),
                Stream.concat(Stream.of(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                        .filter(Objects::nonNull)
                        .flatMap(HealthCall::types));
    }
}
