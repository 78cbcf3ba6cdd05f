package dev.thalweg.optim.broken;

import tools.jackson.databind.json.JsonMapper;

/// A core module with a run-time dependency.
public final class KnowsJackson {
  Object mapper() {
    return JsonMapper.builder().build();
  }
}
