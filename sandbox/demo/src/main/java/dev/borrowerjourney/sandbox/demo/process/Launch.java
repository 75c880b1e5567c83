package dev.borrowerjourney.sandbox.demo.process;

import java.nio.file.Path;
import java.util.List;

/**
 * How a process is started.
 *
 * @param name its name for people, its log and the run file
 * @param command holds no secret: every user of the machine can read it
 * @param directory working directory
 * @param log both of its outputs
 */
public record Launch(String name, List<String> command, Path directory, Path log) {}
