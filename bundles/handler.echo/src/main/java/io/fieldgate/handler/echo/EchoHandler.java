package io.fieldgate.handler.echo;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sends every message back as it came. */
@Component(configurationPid = "io.fieldgate.handler.echo")
@Designate(ocd = EchoHandler.Config.class)
@SocketPath("/echo")
@SocketNonBlocking
public final class EchoHandler implements SocketHandler {

    /**
     * What can be configured. The keys are those of the service properties, so that Declarative Services puts the values
     * where the core reads them, and the handler has nothing to do with it.
     */
    @ObjectClassDefinition(name = "Fieldgate echo")
    public @interface Config {

        /** Prefix of the keys. */
        String PREFIX_ = "fieldgate.socket.";

        /**
         * The greatest message.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "The greatest message, in bytes; a bigger one closes the session with 1009",
                min = "1",
                max = "16777216")
        int message_max_bytes() default 65_536;

        /**
         * Whether messages are compressed when the client can.
         *
         * @return true to compress
         */
        @AttributeDefinition(description = "Whether messages are compressed (permessage-deflate) when the client can")
        boolean deflate() default false;
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
