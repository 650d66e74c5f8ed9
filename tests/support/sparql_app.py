"""The SPARQL endpoint alone, for tests that put it behind gunicorn. The environment says which register and budget."""

import json
import os
from pathlib import Path

from flask import Flask, jsonify

from sparql.budget import Budget
from sparql.endpoint import STATUS, sparql_blueprint
from sparql.errors import SparqlError
from sparql.query_host.host import QueryHost

BASE = "http://localhost:8000"

budget = Budget(**json.loads(os.environ["SPARQL_BUDGET"]))
host = QueryHost(Path(os.environ["SPARQL_DATA"]), BASE, budget, owner=os.getppid())
app = Flask(__name__)
app.register_blueprint(sparql_blueprint(host, uri_base=BASE))


@app.errorhandler(SparqlError)
def problem(error):
    return jsonify(detail=str(error)), next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


@app.get("/process")
def process():
    return jsonify(pid=os.getpid(), host=host.name)
