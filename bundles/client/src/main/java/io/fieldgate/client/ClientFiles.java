package io.fieldgate.client;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardResource;

/**
 * Tells the Servlet Whiteboard that the files of this bundle's folder {@code client} are at {@code /client/}.
 */
@Component(service = ClientFiles.class)
@HttpWhiteboardResource(pattern = "/client/*", prefix = "/client")
public final class ClientFiles {

    /** Made by Declarative Services. */
    @Activate
    public ClientFiles() {}
}
