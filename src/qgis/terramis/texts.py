"""Every text that people see, in French and English."""
from qgis.core import QgsApplication

TEXTS = {
    "program": ("Programme terramis (vide : cherché dans PATH)",
                "Program terramis (empty: looked for in PATH)"),
    "project": ("Fichier de projet (terramis.yaml)",
                "Project file (terramis.yaml)"),
    "project_files": ("Projets Terramis (*.yaml *.yml)",
                      "Terramis projects (*.yaml *.yml)"),
    "territory": ("Un seul territoire (son id ; vide : tous)",
                  "One territory only (its id; empty: all)"),
    "resolution": ("Taille de maille en mètres (vide : celle du projet)",
                   "Cell size in metres (empty: the project's)"),
    "threads": ("Processus parallèles (vide : tous les processeurs)",
                "Worker threads (empty: all processors)"),
    "overwrite": ("Remplacer les résultats présents",
                  "Replace results that are there"),
    "load": ("Charger les résultats dans la carte",
             "Load the results into the map"),
    "out": ("Dossier des résultats", "Folder of the results"),
    "out_of": ("Dossier des résultats d’une analyse terminée",
               "Folder with the results of a finished run"),
    "parcel": ("Identifiant de la parcelle", "Identifier of the parcel"),
    "qgs": ("Projet QGIS", "QGIS project"),
    "page": ("Page de consultation", "Page for staff"),
    "territories": ("Territoires analysés", "Territories analysed"),
    "plantable": ("Surface plantable (ha)", "Plantable area (ha)"),
    "layers": ("Nombre de couches lues", "Number of layers read"),
    "suspicious": ("Remarques sur les couches", "Remarks on the layers"),
    "report": ("Explication", "Explanation"),
    "score": ("Score d’aptitude", "Suitability score"),
    "class": ("Classe d’aptitude", "Suitability class"),
    "run": ("Analyser un projet", "Analyse a project"),
    "run_help": (
        "Note les terres marginales d’un projet Terramis pour la plantation "
        "de miscanthus et écrit cartes, tableaux et couches. Le travail peut "
        "être arrêté : ce qui était dans le dossier y reste alors intact.",
        "Scores the marginal land of a Terramis project for planting "
        "miscanthus and writes maps, tables and layers. It can be stopped: "
        "what was in the folder then stays as it was."),
    "check": ("Vérifier un projet", "Check a project"),
    "check_help": (
        "Lit le projet et toutes ses couches comme le ferait une analyse, "
        "sans rien calculer, et dit ce qui ne va pas.",
        "Reads the project and all its layers as a run would, computes "
        "nothing, and says what is wrong."),
    "explain": ("Expliquer une parcelle", "Explain a parcel"),
    "explain_help": (
        "Dit d’où vient le score d’une parcelle d’une analyse terminée et ce "
        "qui améliorerait sa classe.",
        "Says where the score of a parcel of a finished run comes from and "
        "what would lift its class."),
    "missing": (
        "Programme introuvable : {}. Indiquez-le dans Préférences, Options, "
        "Traitements, Fournisseurs, Terramis, ou ajoutez-le à PATH.",
        "No such program: {}. Name it under Settings, Options, Processing, "
        "Providers, Terramis, or add it to PATH."),
    "cannot_start": ("Impossible de lancer {} : {}", "Cannot start {}: {}"),
    "bad_answer": ("Réponse de terramis illisible : {}",
                   "Cannot read what terramis answered: {}"),
    "failed": ("terramis a échoué (code {})", "terramis failed (code {})"),
    "stopped": ("Arrêté ; rien n’a été changé dans le dossier des résultats.",
                "Stopped; nothing was changed in the folder of results."),
    "parcels_layer": ("Parcelles", "Parcels"),
    "sites_layer": ("Sites plantables", "Plantable sites"),
    "class_layer": ("Classe d’aptitude", "Suitability class"),
}


def language():
    """The language of QGIS as far as there is one here: "fr" or "en"."""
    return "fr" if QgsApplication.locale().startswith("fr") else "en"


def text(key):
    return TEXTS[key][language() == "en"]
