package io.fieldgate.itest.subject;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/** Shell commands that last, and that have much to say. */
@Component(
        service = NapCommands.class,
        property = {"osgi.command.scope=itest", "osgi.command.function=nap", "osgi.command.function=lines"})
public final class NapCommands {

    public void nap() throws InterruptedException {
        System.out.println("the nap begins");
        TimeUnit.MINUTES.sleep(10);
    }

    public String lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "line <" + number + ">")
                .collect(Collectors.joining("\n"));
    }
}
