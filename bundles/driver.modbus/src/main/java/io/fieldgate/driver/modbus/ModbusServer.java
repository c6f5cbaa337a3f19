package io.fieldgate.driver.modbus;

import io.fieldgate.api.driver.TableLine;
import io.fieldgate.api.gateway.Points;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Shows points of the gateway to Modbus/TCP clients, such as a PLC. The protocol has no security: who reaches it may all that it offers. */
@Component(
        service = ModbusServer.class,
        immediate = true,
        configurationPid = "io.fieldgate.driver.modbus.server",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ModbusServer.Config.class, factory = true)
public final class ModbusServer {

    private static final String ADDRESS = "host:port with an IP address, such as 127.0.0.1:1502 or [::1]:1502";

    /** What an administrator can set. */
    @ObjectClassDefinition(
            name = "Fieldgate Modbus server",
            description = "Shows points to Modbus/TCP clients; the protocol has no security")
    public @interface Config {

        /**
         * Where it listens.
         *
         * @return address and port
         */
        @AttributeDefinition(description = "IP address and port; another address than loopback needs allow")
        String listen() default "127.0.0.1:1502";

        /**
         * Its unit.
         *
         * @return a number
         */
        @AttributeDefinition(description = "The unit it answers as; 0 and 255 are answered too", min = "1", max = "247")
        int unit() default 1;

        /**
         * Who may come in.
         *
         * @return IP addresses
         */
        @AttributeDefinition(
                description = "IP addresses of clients that may come in, besides this machine",
                required = false)
        String[] allow() default {};

        /**
         * How many may be there at once.
         *
         * @return a number
         */
        @AttributeDefinition(description = "Most connections at once", min = "1", max = "64")
        int connections_max() default 8;

        /**
         * How long a silent client stays.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Time after which a silent client is let go, in seconds",
                min = "1",
                max = "86400")
        int idle_s() default 300;

        /**
         * How long a write may take.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Time for a write to be confirmed, in milliseconds",
                min = "10",
                max = "60000")
        int write_timeout_ms() default 5000;

        /**
         * What is shown.
         *
         * @return lines of a table
         */
        @AttributeDefinition(
                description =
                        "One line per point: sim/tank/level table=input address=0 type=float32; more in the README")
        String[] points();
    }

    private final ServerListener listener;

    /**
     * Begins to listen.
     *
     * @param config what an administrator has set
     * @param points the gateway's points
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public ModbusServer(Config config, @Reference Points points) {
        InetSocketAddress listen = listen(config.listen());
        Set<InetAddress> allowed = new HashSet<>();
        for (String address : config.allow()) {
            if (!address.isBlank()) {
                allowed.add(numeric("allow", address, "IP addresses such as 192.168.1.20"));
            }
        }
        if (allowed.isEmpty() && !listen.getAddress().isLoopbackAddress()) {
            throw Checks.wrong(
                    "listen",
                    config.listen(),
                    "an address of this machine alone, such as 127.0.0.1:1502, unless allow names who may come in: Modbus has no"
                            + " security");
        }
        List<ServedPoint> served = TableLine.table("points", config.points()).stream()
                .map(ServedPoint::of)
                .toList();
        ServerAnswers answers = new ServerAnswers(new ServedTables(
                served, points, Checks.within("write.timeout.ms", config.write_timeout_ms(), 10, 60_000)));
        int unit = Checks.within("unit", config.unit(), 1, 247);
        listener = new ServerListener(
                listen,
                allowed,
                Checks.within("connections.max", config.connections_max(), 1, 64),
                (int) TimeUnit.SECONDS.toMillis(Checks.within("idle.s", config.idle_s(), 1, 86_400)),
                client -> new ServerConnection(client, unit, answers));
        listener.start();
    }

    private static InetSocketAddress listen(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 0 && port <= 65_535) {
                return new InetSocketAddress(numeric("listen", text.substring(0, colon), ADDRESS), port);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a port that is out of range.
        }
        throw Checks.wrong("listen", text, ADDRESS);
    }

    /** No name is looked up: what it leads to could change. */
    private static InetAddress numeric(String key, String text, String allowed) {
        String address = text.strip().replaceAll("^\\[|]$", "");
        if (!address.matches("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw Checks.wrong(key, text, allowed);
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw Checks.wrong(key, text, allowed);
        }
    }

    /** The port it listens at, or 0 if it does not yet. */
    int port() {
        return listener.port();
    }

    /** Closes the port and all connections. */
    @Deactivate
    void close() {
        listener.close();
    }
}
