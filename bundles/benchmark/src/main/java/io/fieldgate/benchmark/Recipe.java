package io.fieldgate.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * How a peer that is no Java program is made of its sources, which are resources of this package, and how it is started.
 *
 * @param files the sources: names of resources, which go into one folder without the folders of their names
 * @param build the command that makes it, in that folder
 * @param start the command that starts it, in that folder
 * @param needs what must be on the machine for that, and how it gets there
 */
record Recipe(List<String> files, List<String> build, List<String> start, String needs) {

    /**
     * A program in C.
     *
     * @param source the resource
     * @param needs what must be on the machine
     * @param libraries options for the linker
     */
    static Recipe c(String source, String needs, String... libraries) {
        List<String> build = new ArrayList<>(List.of("cc", "-O2", "-o", "server", fileName(source)));
        build.addAll(List.of(libraries));
        return new Recipe(List.of(source), build, List.of("./server"), needs);
    }

    /**
     * A program for Node.
     *
     * @param folder the resources' folder, with a {@code server.mjs} and a {@code package.json} that names exact versions
     */
    static Recipe node(String folder) {
        return new Recipe(
                List.of(folder + "/package.json", folder + "/server.mjs"),
                List.of(
                        "npm",
                        "install",
                        "--no-package-lock",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "--fetch-retries=0",
                        "--fetch-timeout=20000",
                        "--loglevel=error"),
                List.of("node", "server.mjs"),
                "node, npm (Debian: nodejs, npm) and, the first time, the npm registry");
    }

    static String fileName(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
