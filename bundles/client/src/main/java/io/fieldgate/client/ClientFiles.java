package io.fieldgate.client;

import io.fieldgate.api.handler.ServedFiles;
import org.osgi.service.component.annotations.Component;

/** Says that this bundle carries the client's files. */
@Component(service = ClientFiles.class)
@ServedFiles(path = "/client", folder = "client")
public final class ClientFiles {}
