package dev.borrowerjourney.sandbox.demo.operator;

/** @param type of the body */
record Answer(int status, String type, String body) {

    static final Answer NOT_FOUND = problem(404, "There is no such thing.");

    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", Json.MAPPER.writeValueAsString(value));
    }

    static Answer problem(int status, String detail) {
        var problem = Json.MAPPER.createObjectNode().put("status", status).put("detail", detail);
        return new Answer(status, "application/problem+json", problem.toString());
    }
}
