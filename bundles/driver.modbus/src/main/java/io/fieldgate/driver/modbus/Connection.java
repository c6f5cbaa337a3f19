package io.fieldgate.driver.modbus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the units are: {@code tcp:host:port} or {@code rtu:/dev/…}. */
record Connection(boolean serial, String host, int port) {

    private static final Pattern TCP = Pattern.compile("tcp:(\\[[0-9a-fA-F:.%a-z]+]|[^:\\[\\]\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern RTU = Pattern.compile("rtu:(/\\S+)");
    private static final String ALLOWED = "tcp:host:port (port 502 may be left out) or rtu:/dev/ttyUSB0";

    static Connection of(String text) {
        Matcher tcp = TCP.matcher(text);
        Matcher rtu = RTU.matcher(text);
        if (rtu.matches()) {
            return new Connection(true, rtu.group(1), 0);
        }
        if (!tcp.matches()) {
            throw Checks.wrong("connect", text, ALLOWED);
        }
        int port = tcp.group(2) == null ? 502 : Integer.parseInt(tcp.group(2));
        if (port < 1 || port > 65_535) {
            throw Checks.wrong("connect", text, ALLOWED);
        }
        return new Connection(false, tcp.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    ModbusLink.Opener opener(SerialSettings settings, int timeoutMillis) {
        return serial ? () -> RtuLink.open(host, settings) : () -> TcpLink.open(host, port, timeoutMillis);
    }

    @Override
    public String toString() {
        return serial ? host : host + ':' + port;
    }
}
