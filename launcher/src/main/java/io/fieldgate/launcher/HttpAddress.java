package io.fieldgate.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks {@code HOST:PORT}; an IPv6 address stands in brackets (RFC 3986, 3.2.2). */
final class HttpAddress implements ITypeConverter<String> {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\s:\\[\\]]+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    @Override
    public String convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:8080");
        }
        return text;
    }
}
