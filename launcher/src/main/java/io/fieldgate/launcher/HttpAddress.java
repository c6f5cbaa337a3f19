package io.fieldgate.launcher;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks the option {@code --http}. */
final class HttpAddress implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        if (!HostAndPort.matches(text)) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:8080");
        }
        return text;
    }
}
