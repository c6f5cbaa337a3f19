package io.fieldgate.launcher;

import io.fieldgate.api.security.Users;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code setup} is to do. The checks are those that need no gateway; each throws an {@link IllegalArgumentException} whose
 * message is for a person.
 *
 * @param host where to listen
 * @param port likewise
 * @param name of the administrator
 * @param password of the administrator
 * @param pair the certificate and its key, unless it is to be the one that the gateway has or makes
 */
record SetupAnswers(String host, int port, String name, String password, Optional<Pair> pair) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final int MAX_PORT = 65_535;

    /**
     * A certificate from files.
     *
     * @param certificate PEM
     * @param key PEM
     */
    record Pair(Path certificate, Path key) {}

    /** The address for a browser, as the gateway itself says it. */
    String url() {
        return url(host, port);
    }

    /** The addresses for browsers on other machines, or the one that was asked for. */
    List<String> urls() throws SocketException, UnknownHostException {
        if (!InetAddress.getByName(host).isAnyLocalAddress()) {
            return List.of(url());
        }
        List<String> urls =
                addresses().stream().map(address -> url(address, port)).toList();
        return urls.isEmpty() ? List.of(url("localhost", port)) : urls;
    }

    private static String url(String host, int port) {
        return "https://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port + '/';
    }

    /** The addresses of this machine that others may know. */
    static List<String> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .map(address -> address.replaceFirst("%.*", ""))
                .sorted()
                .distinct()
                .toList();
    }

    static String host(String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean ours = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
            if (ours && !host.isEmpty()) {
                return host;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(notOurs(text), e);
        }
        throw new IllegalArgumentException(notOurs(text));
    }

    private static String notOurs(String text) {
        return "'" + text + "' is no address of this machine; 0.0.0.0 is all of them";
    }

    static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(noPort(text), e);
        }
        throw new IllegalArgumentException(noPort(text));
    }

    private static String noPort(String text) {
        return "'" + text + "' is no port: a number from 1 to " + MAX_PORT;
    }

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name is 1 to 32 of a to z, 0 to 9, '.', '_' and '-', the first a letter or a digit");
        }
        return text;
    }

    static String password(String text) {
        if (text.codePointCount(0, text.length()) < Users.PASSWORD_MIN_CHARACTERS
                || text.getBytes(StandardCharsets.UTF_8).length > Users.PASSWORD_MAX_BYTES) {
            throw new IllegalArgumentException("a password has at least " + Users.PASSWORD_MIN_CHARACTERS
                    + " characters and at most " + Users.PASSWORD_MAX_BYTES + " bytes");
        }
        return text;
    }

    /** A relative path goes from where the person is. */
    static Path file(String text) {
        Path file = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " is no file that can be read");
        }
        return file;
    }
}
